package fault

import "fmt"

// FaultBlackHole swallows every byte in both directions; connections hang.
const FaultBlackHole Kind = "black-hole"

// BlackHole makes a dependency unreachable without a refusal, as when its host is gone.
func BlackHole(on Dependency) Fault { return Fault{Kind: FaultBlackHole, On: on} }

func init() {
	kinds[FaultBlackHole] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("%s swallows every byte", f.On) },
	}
}
