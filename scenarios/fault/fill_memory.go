package fault

// FaultMemoryShort lets memory run short for the service, and for nobody else.
const FaultMemoryShort Kind = "memory-short"

// FillMemory uses up what a control group of the service's own may use.
func FillMemory() Fault { return Fault{Kind: FaultMemoryShort, On: Service} }

func init() {
	kinds[FaultMemoryShort] = kindOf{
		needs:    process,
		describe: func(Fault) string { return "memory runs short where the service is" },
	}
}
