package fault

// FaultReplaced ends one of two replicas gracefully; the other goes on.
const FaultReplaced Kind = "process-replaced"

// Replace restarts one of two replicas while the other takes the requests.
func Replace() Fault { return Fault{Kind: FaultReplaced, On: Service} }

func init() {
	kinds[FaultReplaced] = kindOf{
		needs:    process,
		describe: func(Fault) string { return "one of two replicas of the service is restarted" },
	}
}
