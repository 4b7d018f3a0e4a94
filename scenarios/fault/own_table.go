package fault

// FaultTableOwned gives the table to the service's role, without FORCE.
const FaultTableOwned Kind = "table-owned"

// OwnTable makes the service's role the owner of the table, to whom row level
// security does not apply unless it is forced.
func OwnTable() Fault { return Fault{Kind: FaultTableOwned, On: Postgres} }

func init() {
	kinds[FaultTableOwned] = kindOf{
		describe:  func(Fault) string { return "the service's role owns the events, and owners are exempt" },
		isolation: true,
	}
}
