package fault

// FaultPolicyDropped removes the policies: nothing is visible any more.
const FaultPolicyDropped Kind = "policy-dropped"

// DropPolicies removes the policies of the table, row level security staying
// on: what no policy allows is denied.
func DropPolicies() Fault { return Fault{Kind: FaultPolicyDropped, On: Postgres} }

func init() {
	kinds[FaultPolicyDropped] = kindOf{
		describe: func(Fault) string { return "the policies are dropped, so that nothing is allowed" },
		hides:    true,
	}
}
