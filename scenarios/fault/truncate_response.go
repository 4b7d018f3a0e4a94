package fault

// FaultTruncatedResponse ends each answer in its middle.
const FaultTruncatedResponse Kind = "half-answer"

// TruncateResponse makes a dependency end its answers in the middle.
func TruncateResponse(on Dependency) Fault { return Fault{Kind: FaultTruncatedResponse, On: on} }

func init() {
	kinds[FaultTruncatedResponse] = kindOf{
		needs:    standIn,
		describe: onIt("%s ends its answers in the middle"),
	}
}
