package reports

import (
	"bytes"
	"fmt"

	"github.com/runproof/runproof/scenarios/ledger"
)

// acceptedLines says what became of the deviations that were accepted for a run.
func acceptedLines(r ledger.RunResult) (lines []string) {
	for _, d := range r.Accepted {
		lines = append(lines, deviationLine(d, r.State(d)))
	}
	return lines
}

// writeAccepted lists the accepted deviations: an exit code may follow from them.
func writeAccepted(b *bytes.Buffer, r ledger.RunResult) {
	for i, text := range acceptedLines(r) {
		if i == 0 {
			b.WriteString("\n### Accepted deviations\n\n")
		}
		fmt.Fprintf(b, "- %s\n", prose(text))
	}
}

// seenDeviations counts those that a verdict may owe its colour to.
func seenDeviations(r ledger.RunResult) (n int) {
	for _, d := range r.Accepted {
		if r.State(d) == ledger.DeviationSeen {
			n++
		}
	}
	return n
}
