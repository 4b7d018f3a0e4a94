package scenarios

// Faults of the tenants' isolation, staged by SQL. All but the last let one
// tenant's data through to another.
const (
	// FaultRLSDisabled switches row level security off beneath the running service.
	FaultRLSDisabled FaultKind = "rls-disabled"
	// FaultTableOwned gives the table to the service's role, without FORCE.
	FaultTableOwned FaultKind = "table-owned"
	// FaultPolicyAdded adds a policy that lets everything through.
	FaultPolicyAdded FaultKind = "policy-added"
	// FaultRoleBypasses lets the service's role bypass row level security.
	FaultRoleBypasses FaultKind = "role-bypasses"
	// FaultPolicyDropped removes the policies: nothing is visible any more.
	FaultPolicyDropped FaultKind = "policy-dropped"
)

var isolationFaults = map[FaultKind]kindOf{
	FaultRLSDisabled: {
		needs:     needs(NeedsSQL),
		describe:  func(Fault) string { return "row level security is off" },
		isolation: true,
	},
	FaultTableOwned: {
		needs:     needs(NeedsSQL),
		describe:  func(Fault) string { return "the service's role owns the events, and owners are exempt" },
		isolation: true,
	},
	FaultPolicyAdded: {
		needs:     needs(NeedsSQL),
		describe:  func(Fault) string { return "a second policy lets everything through" },
		isolation: true,
	},
	FaultRoleBypasses: {
		needs:     needs(NeedsSQL),
		describe:  func(Fault) string { return "the service's role bypasses row level security" },
		isolation: true,
		owns:      true,
	},
	FaultPolicyDropped: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "the policies are dropped, so that nothing is allowed" },
		hides:    true,
	},
}

// DisableRLS switches row level security off on the table of events.
func DisableRLS() Fault { return Fault{Kind: FaultRLSDisabled, On: Postgres} }

// OwnTable makes the service's role the owner of the table, to whom row level
// security does not apply unless it is forced.
func OwnTable() Fault { return Fault{Kind: FaultTableOwned, On: Postgres} }

// AddPolicy adds a permissive policy USING (true): policies are joined by OR.
func AddPolicy() Fault { return Fault{Kind: FaultPolicyAdded, On: Postgres} }

// BypassRLS gives the service's role BYPASSRLS, and renews its sessions.
func BypassRLS() Fault { return Fault{Kind: FaultRoleBypasses, On: Postgres} }

// DropPolicies removes the policies of the table, row level security staying
// on: what no policy allows is denied.
func DropPolicies() Fault { return Fault{Kind: FaultPolicyDropped, On: Postgres} }
