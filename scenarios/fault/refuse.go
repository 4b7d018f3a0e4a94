package fault

import "fmt"

// FaultRefused closes the dependency's port: open connections are cut, new ones refused.
const FaultRefused Kind = "refused"

// Refuse makes a dependency refuse connections, as when its process is gone.
func Refuse(on Dependency) Fault { return Fault{Kind: FaultRefused, On: on} }

func init() {
	kinds[FaultRefused] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("%s refuses connections", f.On) },
	}
}
