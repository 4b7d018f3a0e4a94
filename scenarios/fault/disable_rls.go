package fault

// FaultRLSDisabled switches row level security off beneath the running service.
const FaultRLSDisabled Kind = "rls-disabled"

// DisableRLS switches row level security off on the table of events.
func DisableRLS() Fault { return Fault{Kind: FaultRLSDisabled, On: Postgres} }

func init() {
	kinds[FaultRLSDisabled] = kindOf{
		describe:  func(Fault) string { return "row level security is off" },
		isolation: true,
	}
}
