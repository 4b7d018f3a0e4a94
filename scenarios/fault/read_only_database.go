package fault

// FaultPostgresReadOnly makes the server refuse writes, sessions that are open included.
const FaultPostgresReadOnly Kind = "postgres-read-only"

// ReadOnlyDatabase makes the database refuse writes, as a server does that was
// the primary before a failover.
func ReadOnlyDatabase() Fault { return Fault{Kind: FaultPostgresReadOnly, On: Postgres} }

func init() {
	kinds[FaultPostgresReadOnly] = kindOf{
		needs:    ownServer,
		describe: func(Fault) string { return "postgres only reads, as after a failover" },
	}
}
