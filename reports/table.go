package reports

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/runproof/runproof/scenarios"
)

// Table is the summary for a terminal: a line for each scenario, then how the
// run ended.
func Table(r scenarios.RunResult) string {
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
	b.WriteString(headline(r) + "\n")
	return b.String()
}
