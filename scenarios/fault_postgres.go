package scenarios

// Faults of the database, staged by SQL or on its server.
const (
	// FaultRLSDisabled switches row level security off beneath the running service.
	FaultRLSDisabled FaultKind = "rls-disabled"
)

var postgresFaults = map[FaultKind]kindOf{
	FaultRLSDisabled: {
		needs:     needs(NeedsSQL),
		says:      func(Fault) string { return "row level security is off" },
		isolation: true,
	},
}

// DisableRLS switches row level security off on the table of events.
func DisableRLS() Fault { return Fault{Kind: FaultRLSDisabled, On: Postgres} }
