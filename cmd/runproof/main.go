// Command runproof tests the promises of a runbook: it breaks what the runbook
// says can break, and looks whether the service does what the runbook says.
package main

import (
	"os"

	"github.com/runproof/runproof/cmd/runproof/internal/cli"
)

func main() {
	os.Exit(cli.Run(os.Args[1:], os.Stdout, os.Stderr))
}
