package reports

import (
	"bytes"
	"fmt"

	"github.com/runproof/runproof/reports/compare"
)

// maxChanges bounds the changes of a summary: a comment has a limit, the page has
// them all.
const maxChanges = 60

// comparisonMarkdown is a comparison for a pull request or a release note.
func comparisonMarkdown(c compare.Comparison) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "## runproof compare\n\n**%s**\n\n", prose(c.Headline))
	fmt.Fprintf(&b, "Baseline %s (%s), candidate %s (%s)%s.\n", code(c.Baseline.ID), prose(targetName(c.Baseline)), code(c.Candidate.ID), prose(targetName(c.Candidate)), interleaving(c))
	for _, note := range c.Notes {
		fmt.Fprintf(&b, "\nNote: %s.\n", prose(note))
	}
	if len(c.Changes) > 0 {
		b.WriteString("\n### What changed\n")
		table(&b, "Weight", "Kind", "What", "Was", "Is", "Why")
		for _, change := range c.Changes[:min(len(c.Changes), maxChanges)] {
			row(&b, prose(string(change.Weight)), prose(string(change.Kind)), code(change.Subject()), prose(change.Was), prose(change.Is), code(changeReason(change)))
		}
		if more := len(c.Changes) - maxChanges; more > 0 {
			fmt.Fprintf(&b, "\n(%d more; see %s.)\n", more, ComparisonHTMLFile)
		}
	}
	if lines := deviationLines(c.Deviations); len(lines) > 0 {
		b.WriteString("\n### Accepted deviations\n\n")
		for _, text := range lines {
			fmt.Fprintf(&b, "- %s\n", prose(text))
		}
	}
	if len(c.Scenarios) > 0 {
		open(&b, "Scenarios side by side")
		table(&b, "Scenario", "Baseline", "Candidate", "Detect", "Recover")
		for _, s := range c.Scenarios {
			row(&b, code(s.ID), prose(playedText(s.Baseline)), prose(playedText(s.Candidate)), prose(timeText(s, compare.TimeDetect)), prose(timeText(s, compare.TimeRecover)))
		}
		shut(&b)
	}
	if len(c.Latencies) > 0 {
		open(&b, "Latencies by phase and route")
		table(&b, "Phase", "Route", "Percentile", "Baseline", "Candidate", "Band", "Result")
		for _, l := range c.Latencies {
			row(&b, prose(string(l.Side)), code(l.Route), fmt.Sprintf("p%d", l.Percent), compare.Rounded(l.Baseline), compare.Rounded(l.Candidate), bandText(l), prose(string(l.Movement)))
		}
		shut(&b)
	}
	return b.Bytes()
}

func interleaving(c compare.Comparison) string {
	if c.Interleaved {
		return ", interleaved in one run"
	}
	return ", in two runs"
}

func targetName(s compare.Side) string {
	name := line(s.Target.ID + " " + s.Target.Version)
	if s.Target.Digest != "" {
		name += " " + clip(line(s.Target.Digest), 20)
	}
	return name
}

func playedText(p *compare.Played) string {
	if p == nil {
		return "not played"
	}
	text := verdict(p.Verdict)
	switch {
	case p.Flaky:
		text += fmt.Sprintf(", flaky in %d", p.Repetitions)
	case p.Repetitions > 1:
		text += fmt.Sprintf(", %d times", p.Repetitions)
	}
	return text
}

// timeText is a time side by side, with its band.
func timeText(s compare.Scenario, name string) string {
	for _, t := range s.Times {
		if t.Name == name {
			text := maybe(t.Baseline) + " to " + maybe(t.Candidate)
			if t.Band > 0 {
				text += fmt.Sprintf(" (band %s)", compare.Rounded(t.Band))
			}
			return text
		}
	}
	return nothing
}

func bandText(l compare.Latency) string {
	if l.Movement == compare.TooFew {
		return nothing
	}
	return fmt.Sprintf("%s, %s", compare.Rounded(l.Band), l.BandFrom)
}
