package fault

// FaultTableLocked holds a lock on the table in a session that idles in its transaction.
const FaultTableLocked Kind = "table-locked"

// LockTable makes every statement on the events wait for somebody else's
// transaction that has nothing to do.
func LockTable() Fault { return Fault{Kind: FaultTableLocked, On: Postgres} }

func init() {
	kinds[FaultTableLocked] = kindOf{
		describe: func(Fault) string { return "a session idles in a transaction and holds a lock on the events" },
	}
}
