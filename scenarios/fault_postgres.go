package scenarios

import "time"

// Faults of the database, staged by SQL.
const (
	// FaultPostgresReadOnly makes the server refuse writes, sessions that are open included.
	FaultPostgresReadOnly FaultKind = "postgres-read-only"
	// FaultServerFull takes all connections that the server has, the service's too.
	FaultServerFull FaultKind = "server-full"
	// FaultBackendsKilled ends the service's sessions, again and again.
	FaultBackendsKilled FaultKind = "backends-killed"
	// FaultWritesRevoked takes the right to write from the service's role.
	FaultWritesRevoked FaultKind = "writes-revoked"
	// FaultTableLocked holds a lock on the table in a session that idles in its transaction.
	FaultTableLocked FaultKind = "table-locked"
	// FaultLongQuery lets a statement run that has a lock on the table and is
	// older than a minute once the fault is in force.
	FaultLongQuery FaultKind = "long-query"
)

// longQueryAge is how old a statement must be to show in step 4 of "Database
// Connection Issues".
const longQueryAge = time.Minute

var postgresFaults = map[FaultKind]kindOf{
	FaultPostgresReadOnly: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "postgres only reads, as after a failover" },
		owns:     true,
	},
	FaultServerFull: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "all connections of postgres are taken" },
		owns:     true,
	},
	FaultBackendsKilled: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "postgres ends the service's sessions again and again" },
	},
	FaultWritesRevoked: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "the service's role has lost the right to write" },
	},
	FaultTableLocked: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "a session idles in a transaction and holds a lock on the events" },
	},
	FaultLongQuery: {
		needs:    needs(NeedsSQL),
		describe: func(Fault) string { return "a statement with a lock on the events runs for more than a minute" },
		owns:     true,
		lasts:    func(Fault) time.Duration { return longQueryAge },
	},
}

// ReadOnlyDatabase makes the database refuse writes, as a server does that was
// the primary before a failover.
func ReadOnlyDatabase() Fault { return Fault{Kind: FaultPostgresReadOnly, On: Postgres} }

// FillServer takes every connection that the database's server has.
func FillServer() Fault { return Fault{Kind: FaultServerFull, On: Postgres} }

// KillBackends ends the service's sessions for as long as it is in force: the
// service's pool would have replaced them in a moment.
func KillBackends() Fault { return Fault{Kind: FaultBackendsKilled, On: Postgres} }

// RevokeWrites takes INSERT, UPDATE and DELETE on the events from the service's role.
func RevokeWrites() Fault { return Fault{Kind: FaultWritesRevoked, On: Postgres} }

// LockTable makes every statement on the events wait for somebody else's
// transaction that has nothing to do.
func LockTable() Fault { return Fault{Kind: FaultTableLocked, On: Postgres} }

// RunLongQuery makes writes wait for a statement that is older than the
// runbook's minute ("Database Connection Issues", step 4). It takes that minute.
func RunLongQuery() Fault { return Fault{Kind: FaultLongQuery, On: Postgres} }
