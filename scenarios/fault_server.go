package scenarios

import "fmt"

// Faults of a dependency's server: of its processes, not of the way to it.
const (
	// FaultStopped shuts the server down in an orderly way; its port refuses connections.
	FaultStopped FaultKind = "stopped"
	// FaultCrashed ends all processes of the server at once: those of Postgres
	// the moment the service acknowledges a write.
	FaultCrashed FaultKind = "crashed"
	// FaultFrozen stops every process of the server where it stands.
	FaultFrozen FaultKind = "frozen"
)

var serverFaults = map[FaultKind]kindOf{
	FaultStopped: {
		needs:    needs(NeedsServer),
		describe: func(f Fault) string { return fmt.Sprintf("%s is shut down", f.On) },
		owns:     true,
	},
	FaultCrashed: {
		needs:    needs(NeedsServer),
		describe: func(f Fault) string { return fmt.Sprintf("%s has crashed", f.On) },
		owns:     true,
	},
	FaultFrozen: {
		needs:    needs(NeedsServer),
		describe: func(f Fault) string { return fmt.Sprintf("%s is frozen, all of its processes", f.On) },
		owns:     true,
	},
}

// Stop shuts a dependency's server down; healing starts it again.
func Stop(on Dependency) Fault { return Fault{Kind: FaultStopped, On: on} }

// CrashServer kills a dependency's server, so that it ends no session in order and has
// to recover when it is started again.
func CrashServer(on Dependency) Fault { return Fault{Kind: FaultCrashed, On: on} }

// Freeze lets a dependency's server stand still: its connections stay open, new
// ones are accepted by the kernel, and nothing answers.
func Freeze(on Dependency) Fault { return Fault{Kind: FaultFrozen, On: on} }
