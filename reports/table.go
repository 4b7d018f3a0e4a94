package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// mostRows is how many scenarios are listed that passed: of more it is enough to know
// that they did, and a screen has room for what else there is to say.
const mostRows = 12

// Table is the summary for a terminal: a line for each scenario, of a long run only for
// those that did not pass; then what else came out, and how the run ended. Of a run in
// which all is well it has no more than 25 lines.
func Table(r ledger.RunResult) string {
	var b strings.Builder
	listed := r.Results
	if len(listed) > mostRows {
		listed = slices.DeleteFunc(slices.Clone(listed), func(res judge.Result) bool { return res.Verdict == judge.Passed })
	}
	if len(listed) > 0 {
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "SCENARIO\tVERDICT\tDETECT\tRECOVER\tCLAIMS")
		for _, res := range listed {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n",
				line(res.Scenario), verdict(res.Verdict), maybe(res.Detect), maybe(res.Recover), claims(res))
		}
		w.Flush() //nolint:errcheck // a strings.Builder takes everything
		b.WriteByte('\n')
	}
	if len(r.Remedies) > 0 {
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "REMEDY\tOF\tEFFECT\tWHY")
		for _, t := range r.Remedies {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", line(t.Remedy), line(t.Scenario), t.Effect(), clip(line(t.Why), maxCell))
		}
		w.Flush() //nolint:errcheck // a strings.Builder takes everything
		b.WriteByte('\n')
	}
	for _, res := range retried(r) {
		fmt.Fprintf(&b, "RETRIED  %s: %s\n", line(res.Scenario), clip(discarded(res), maxCell))
	}
	for _, text := range acceptedLines(r) {
		fmt.Fprintf(&b, "ACCEPTED  %s\n", clip(text, maxCell))
	}
	for _, u := range r.Unstable {
		fmt.Fprintf(&b, "FLAKY  %s\n", line(u))
	}
	for _, lacking := range r.Truncated {
		fmt.Fprintf(&b, "CUT  %s\n", clip(line(lacking), maxCell))
	}
	for _, said := range []string{
		slowest("detect", r, func(res judge.Result) *time.Duration { return res.Detect }),
		slowest("recover", r, func(res judge.Result) *time.Duration { return res.Recover }),
		commandTally(r.Trials),
		hazardTally(r.Findings),
	} {
		if said != "" {
			b.WriteString(said + "\n")
		}
	}
	if r.MinimumDuration > 0 && r.Mode == scenarios.Verify {
		fmt.Fprintf(&b, "waits       the runbook requires %s; this run took %.2f times as long\n",
			duration(r.MinimumDuration), r.Took.Seconds()/r.MinimumDuration.Seconds())
	}
	b.WriteString(headline(r) + "\n")
	return b.String()
}

// slowest names the scenarios of a long run that took longest to detect or to recover.
func slowest(what string, r ledger.RunResult, of func(judge.Result) *time.Duration) string {
	if len(r.Results) <= mostRows {
		return ""
	}
	list := slices.DeleteFunc(slices.Clone(r.Results), func(res judge.Result) bool { return of(res) == nil })
	slices.SortStableFunc(list, func(a, b judge.Result) int { return cmp.Compare(*of(b), *of(a)) })
	const few = 3
	var parts []string
	for _, res := range list[:min(few, len(list))] {
		parts = append(parts, line(res.Scenario)+" "+duration(*of(res)))
	}
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("%-11s slowest: %s", what, strings.Join(parts, ", "))
}

// commandTally counts the runbook's commands by verdict.
func commandTally(trials []ledger.Trial) string {
	var parts []string
	for _, v := range []ledger.ClaimVerdict{ledger.True, ledger.False, ledger.Untested} {
		n := 0
		for _, t := range trials {
			if t.Verdict == v {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "commands    of the runbook, run as printed: " + strings.Join(parts, ", ")
}

// hazardTally says where the hazards are shown.
func hazardTally(findings []ledger.Finding) string {
	if len(findings) == 0 {
		return ""
	}
	return fmt.Sprintf("hazards     %d in the runbook: %s shows them at their lines", len(findings), AnnotatedMarkdownFile)
}
