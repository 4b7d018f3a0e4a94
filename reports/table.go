package reports

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Table is the summary for a terminal: a line for each scenario, then how the
// run ended.
func Table(r ledger.RunResult) string {
	var b strings.Builder
	if len(r.Results) > 0 {
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "SCENARIO\tVERDICT\tDETECT\tRECOVER\tCLAIMS")
		for _, res := range r.Results {
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
	b.WriteString(headline(r) + "\n")
	if r.MinimumDuration > 0 && r.Mode == scenarios.Verify {
		fmt.Fprintf(&b, "the runbook requires waits of %s; this run took %.2f times as long\n",
			duration(r.MinimumDuration), r.Took.Seconds()/r.MinimumDuration.Seconds())
	}
	return b.String()
}
