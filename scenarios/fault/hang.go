package fault

// FaultHangs accepts requests and never answers them.
const FaultHangs Kind = "hangs"

// Hang makes a dependency accept requests and never answer.
func Hang(on Dependency) Fault { return Fault{Kind: FaultHangs, On: on} }

func init() {
	kinds[FaultHangs] = kindOf{
		needs:    standIn,
		describe: onIt("%s accepts requests and answers none"),
	}
}
