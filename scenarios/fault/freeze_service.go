package fault

// FaultProcessFrozen stops the service where it stands; its connections stay open.
const FaultProcessFrozen Kind = "process-frozen"

// FreezeService stops the service's process where it stands.
func FreezeService() Fault { return Fault{Kind: FaultProcessFrozen, On: Service} }

func init() {
	kinds[FaultProcessFrozen] = kindOf{
		needs:    process,
		describe: func(Fault) string { return "the service's process is frozen" },
		down:     true,
	}
}
