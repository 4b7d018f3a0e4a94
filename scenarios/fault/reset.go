package fault

import "fmt"

// FaultReset resets connections: the open ones at once, each new one as
// soon as it was accepted. Nothing is ever refused.
const FaultReset Kind = "reset"

// Reset makes every connection to a dependency end in a reset, as when a
// firewall on the way has lost its table.
func Reset(on Dependency) Fault { return Fault{Kind: FaultReset, On: on} }

func init() {
	kinds[FaultReset] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("connections to %s are reset", f.On) },
	}
}
