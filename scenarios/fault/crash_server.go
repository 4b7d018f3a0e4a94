package fault

import "fmt"

// FaultCrashed ends all processes of the server at once: those of Postgres
// the moment the service acknowledges a write.
const FaultCrashed Kind = "crashed"

// CrashServer kills a dependency's server, so that it ends no session in order and has
// to recover when it is started again.
func CrashServer(on Dependency) Fault { return Fault{Kind: FaultCrashed, On: on} }

func init() {
	kinds[FaultCrashed] = kindOf{
		needs:    ownServer,
		describe: func(f Fault) string { return fmt.Sprintf("%s has crashed", f.On) },
	}
}
