package fault

// FaultRoleBypasses lets the service's role bypass row level security.
const FaultRoleBypasses Kind = "role-bypasses"

// BypassRLS gives the service's role BYPASSRLS, and renews its sessions.
func BypassRLS() Fault { return Fault{Kind: FaultRoleBypasses, On: Postgres} }

func init() {
	kinds[FaultRoleBypasses] = kindOf{
		needs:     ownServer,
		describe:  func(Fault) string { return "the service's role bypasses row level security" },
		isolation: true,
	}
}
