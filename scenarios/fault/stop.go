package fault

import "fmt"

// FaultStopped shuts the server down in an orderly way; its port refuses connections.
const FaultStopped Kind = "stopped"

// Stop shuts a dependency's server down; healing starts it again.
func Stop(on Dependency) Fault { return Fault{Kind: FaultStopped, On: on} }

func init() {
	kinds[FaultStopped] = kindOf{
		needs:    ownServer,
		describe: func(f Fault) string { return fmt.Sprintf("%s is shut down", f.On) },
	}
}
