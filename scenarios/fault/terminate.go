package fault

// FaultTerminated ends the service with SIGTERM while requests are under way.
const FaultTerminated Kind = "process-terminated"

// Terminate ends the service as Kubernetes does, with SIGTERM, while some
// requests that create an event of this name are half sent.
func Terminate[Name ~string](underWay Name) Fault {
	return Fault{Kind: FaultTerminated, On: Service, Detail: string(underWay)}
}

func init() {
	kinds[FaultTerminated] = kindOf{
		needs:    process,
		describe: func(Fault) string { return "the service is told to end while requests are under way" },
		check:    hasDetail("the event that is being created"),
		down:     true,
	}
}
