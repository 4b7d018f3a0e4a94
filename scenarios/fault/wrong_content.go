package fault

// FaultWrongContent answers with JSON of another shape.
const FaultWrongContent Kind = "wrong-content"

// WrongContent makes a dependency answer with JSON of another shape, and status 200.
func WrongContent(on Dependency) Fault { return Fault{Kind: FaultWrongContent, On: on} }

func init() {
	kinds[FaultWrongContent] = kindOf{
		needs:    standIn,
		describe: onIt("%s answers with JSON of another shape"),
	}
}
