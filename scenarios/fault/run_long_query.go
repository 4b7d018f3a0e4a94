package fault

import "time"

// FaultLongQuery lets a statement run that has a lock on the table and is
// older than a minute once the fault is active.
const FaultLongQuery Kind = "long-query"

// RunLongQuery makes writes wait for a statement that is older than the
// runbook's minute ("Database Connection Issues", step 4). It takes that minute.
func RunLongQuery() Fault { return Fault{Kind: FaultLongQuery, On: Postgres} }

func init() {
	kinds[FaultLongQuery] = kindOf{
		needs:    ownServer,
		describe: func(Fault) string { return "a statement with a lock on the events runs for more than a minute" },
		lasts:    func(Fault) time.Duration { return longQueryAge },
	}
}

// longQueryAge is how old a statement must be to show in step 4 of "Database
// Connection Issues".
const longQueryAge = time.Minute
