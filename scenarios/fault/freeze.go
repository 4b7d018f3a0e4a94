package fault

import "fmt"

// FaultFrozen stops every process of the server where it stands.
const FaultFrozen Kind = "frozen"

// Freeze lets a dependency's server stand still: its connections stay open, new
// ones are accepted by the kernel, and nothing answers.
func Freeze(on Dependency) Fault { return Fault{Kind: FaultFrozen, On: on} }

func init() {
	kinds[FaultFrozen] = kindOf{
		needs:    ownServer,
		describe: func(f Fault) string { return fmt.Sprintf("%s is frozen, all of its processes", f.On) },
	}
}
