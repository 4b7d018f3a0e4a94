package verify

import (
	"fmt"
	"path/filepath"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// mostBlocks is how many failures are told in full: nobody reads more of them on a
// terminal. The table names them all.
const mostBlocks = 10

// summarize prints what a person wants to know at the end: each failure, then the
// summary. Where it is to be silent, nothing of what went well.
func summarize(out *screen.Terminal, r ledger.RunResult, dir string, silent bool) {
	if line := r.Overloaded(); line != "" {
		out.Prose("\n" + line)
	}
	blocks := 0
	for _, result := range r.Results {
		text := reports.Failure(result, r)
		if text == "" {
			if result.Verdict == judge.Passed {
				continue
			}
			text = fmt.Sprintf("%s: %s: %s\n", result.Scenario, result.Verdict, result.Reason)
		} else {
			text += fmt.Sprintf("  %-10s %s\n", "log:", filepath.Join(dir, "scenarios", result.Scenario, bundle.ServiceLog))
		}
		if blocks++; blocks <= mostBlocks {
			out.Prose("\n" + text)
		}
	}
	if more := blocks - mostBlocks; more > 0 {
		out.Prose(fmt.Sprintf("\n%d more did not pass; the report has them all\n", more))
	}
	if silent && r.Exit == judge.ExitPassed {
		return
	}
	out.Prose("\n" + reports.Table(r))
	// Behind each other, so that the path can be copied whole.
	fmt.Fprintf(out, "report  %s\n", filepath.Join(dir, "report.html"))
}
