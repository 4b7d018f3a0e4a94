package verify

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// mostBlocks is how many failures are told in full: nobody reads more of them on a
// terminal. The table names them all.
const mostBlocks = 10

// summarize prints what a person wants to know at the end: each failure, then the
// summary. Where it is to be silent, nothing of what went well. Commands and paths are
// not broken into lines: they are there to be copied.
func (p plan) summarize(out *screen.Terminal, r ledger.RunResult, dir string) {
	if line := r.Overloaded(); line != "" {
		out.Prose("\n" + line)
	}
	blocks := 0
	for _, result := range r.Results {
		text := reports.Failure(result, r, p.arguments()...)
		if text == "" {
			if result.Verdict == judge.Passed {
				continue
			}
			text = fmt.Sprintf("%s: %s: %s\n", result.Scenario, result.Verdict, result.Reason)
		} else if p.target.Running == nil {
			text += fmt.Sprintf("  %-10s %s\n", "log:", filepath.Join(dir, "scenarios", result.Scenario, bundle.ServiceLog))
		}
		if blocks++; blocks > mostBlocks {
			continue
		}
		facts, toCopy, _ := strings.Cut(text, "\n  run alone:")
		out.Prose("\n" + facts + "\n")
		if toCopy != "" {
			fmt.Fprint(out, "  run alone:"+toCopy)
		}
	}
	if more := blocks - mostBlocks; more > 0 {
		out.Prose(fmt.Sprintf("\n%d more did not pass; the report has them all\n", more))
	}
	if p.Silent && r.Exit == judge.ExitPassed {
		return
	}
	p.deviations(out, r)
	out.Prose("\n" + reports.Table(r))
	fmt.Fprintf(out, "report  %s\n", filepath.Join(dir, "report.html"))
	fmt.Fprintln(out, "next    runproof contract: the API contract, without any fault")
}

// arguments are those that name what the run was against, for the command that runs a
// scenario alone.
func (o Options) arguments() []string {
	var list []string
	if o.Target != choose.Reference {
		list = append(list, "--target", o.Target)
	}
	if o.Profile != "" {
		list = append(list, "--profile", o.Profile)
	}
	if o.Tenant != "" {
		list = append(list, "--tenant", o.Tenant)
	}
	if o.TokenFile != "" {
		list = append(list, "--token-file", o.TokenFile)
	}
	for _, host := range o.Own {
		list = append(list, "--i-own", host)
	}
	if o.AllowDestructive {
		list = append(list, "--allow-destructive")
	}
	if o.Runbook != "" {
		list = append(list, "--runbook", o.Runbook)
	}
	if !o.Files.None() {
		list = append(list, "--claims", strings.Join(o.Files.Claims, ","), "--scenarios", strings.Join(o.Files.Scenarios, ","))
	}
	return list
}
