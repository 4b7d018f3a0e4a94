package fault

// FaultBackendsKilled ends the service's sessions, again and again.
const FaultBackendsKilled Kind = "backends-killed"

// KillBackends ends the service's sessions for as long as it is active: the
// service's pool would have replaced them in a moment.
func KillBackends() Fault { return Fault{Kind: FaultBackendsKilled, On: Postgres} }

func init() {
	kinds[FaultBackendsKilled] = kindOf{
		describe: func(Fault) string { return "postgres ends the service's sessions again and again" },
	}
}
