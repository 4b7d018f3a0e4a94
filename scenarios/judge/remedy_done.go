package judge

import (
	"fmt"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// RemedyDone is a remedy as it was carried out.
type RemedyDone struct {
	Remedy string        `json:"remedy"`
	At     time.Time     `json:"at"`
	Took   time.Duration `json:"took"`
	// Executions are those of a command, one for each role.
	Executions []scenarios.Execution `json:"executions,omitempty"`
	// Err says why it could not be done.
	Err string `json:"err,omitempty"`
}

// Text is what a command of the runbook printed, as a person reads it; empty
// where the remedy is none, and was done.
func (d RemedyDone) Text() string { return transcript(d.Executions, d.Err) }

// transcript is what executions ended with and printed, and how the harness
// failed to execute more.
func transcript(list []scenarios.Execution, failure string) string {
	var b strings.Builder
	for _, x := range list {
		fmt.Fprintln(&b, x.Ending())
		for _, output := range []string{x.Stdout, x.Stderr} {
			if output = strings.TrimRight(output, "\n"); output != "" {
				fmt.Fprintln(&b, output)
			}
		}
	}
	if failure != "" {
		fmt.Fprintf(&b, "error: %s\n", failure)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
