// Command runproof tests the promises of a runbook: it breaks what the runbook
// says can break, and looks whether the service does what the runbook says.
package main

import (
	"os"
	"runtime/debug"

	"github.com/runproof/runproof/cmd/runproof/internal/cli"
)

// garbage is how much may be allocated, as a percentage of what is in use, until
// memory is collected: a run has 20 MB in use and allocates gigabytes.
const garbage = 400

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr))
}
