package reports

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios/ledger"
)

// DeviationsHeading stands above what of a service is otherwise than its runbook says.
const DeviationsHeading = "Deviations from the runbook, with nothing broken"

// mostDeviations is how many a summary lists; report.html lists them all.
const mostDeviations = 50

// HealthyDeviations are what of the service is otherwise than the runbook has it while
// nothing is broken, each once, in the order of the scenarios that saw it.
func HealthyDeviations(r ledger.RunResult) []string {
	var list []string
	for _, result := range r.Results {
		for _, text := range result.Deviations {
			if text = said(text); !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return list
}

func writeDeviations(b *bytes.Buffer, r ledger.RunResult) {
	list := HealthyDeviations(r)
	if len(list) == 0 {
		return
	}
	open(b, fmt.Sprintf("%s (%d)", DeviationsHeading, len(list)))
	for _, text := range list[:min(mostDeviations, len(list))] {
		fmt.Fprintf(b, "- %s\n", code(text))
	}
	if more := len(list) - mostDeviations; more > 0 {
		fmt.Fprintf(b, "\n(%d more; see report.html.)\n", more)
	}
	shut(b)
}
