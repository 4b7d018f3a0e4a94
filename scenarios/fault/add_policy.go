package fault

// FaultPolicyAdded adds a policy that lets everything through.
const FaultPolicyAdded Kind = "policy-added"

// AddPolicy adds a permissive policy USING (true): policies are joined by OR.
func AddPolicy() Fault { return Fault{Kind: FaultPolicyAdded, On: Postgres} }

func init() {
	kinds[FaultPolicyAdded] = kindOf{
		describe:  func(Fault) string { return "a second policy lets everything through" },
		isolation: true,
	}
}
