package reports

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Bounds of a summary, in bytes: GitHub takes comments of up to 65536
// characters. What did not pass comes first and may fill half of it.
const (
	maxSummary  = 65000
	maxFailures = maxSummary / 2
	maxFailure  = 4000 // runes, of one scenario
)

// Markdown renders the result as summary.md, in GitHub's dialect: short enough
// for a comment on a pull request, and with nothing in it that a target could
// turn into markup. Texts from outside stand either in fences longer than any
// of their own, or as code with all markup spelt as character references.
// Parts for which there is no room are named and left out.
func Markdown(r ledger.RunResult) []byte {
	parts := []struct {
		name   string
		weight int // the lighter parts are left out first
		write  func(*bytes.Buffer, ledger.RunResult)
		text   string
	}{
		{name: "table of scenarios", weight: 6, write: writeScenarios},
		{name: "failures", weight: 5, write: writeFailures},
		{name: "accepted deviations", weight: 5, write: writeAccepted},
		{name: "deviations", weight: 3, write: writeDeviations},
		{name: "remedies", weight: 4, write: writeRemedies},
		{name: "impact", weight: 2, write: writeImpact},
		{name: "witnesses", weight: 1, write: writeWitnesses},
		{name: "hazards", weight: 3, write: writeFindings},
		{name: "ledger", weight: 2, write: writeLedger},
		{name: "advice", weight: 3, write: writeAdvice},
		{name: "second attempts", weight: 2, write: writeRetried},
		{name: "provenance", weight: 4, write: writeProvenance},
	}
	size := 0
	for i := range parts {
		var b bytes.Buffer
		parts[i].write(&b, r)
		parts[i].text = b.String()
		size += b.Len()
	}
	for weight := 1; size > maxSummary; weight++ {
		for i := range parts {
			if p := &parts[i]; p.weight == weight {
				size -= len(p.text)
				p.text = fmt.Sprintf("\n(No room for the %s; see report.html.)\n", p.name)
				size += len(p.text)
			}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "## runproof: %s\n\n**%s**\n", outcome(r), prose(headline(r)))
	for _, p := range parts {
		b.WriteString(p.text)
	}
	return b.Bytes()
}

func writeScenarios(b *bytes.Buffer, r ledger.RunResult) {
	if len(r.Results) == 0 {
		return
	}
	table(b, "Scenario", "Verdict", "Time to detect", "Time to recover", "Claims proven/all")
	for _, res := range r.Results {
		row(b, code(res.Scenario), prose(verdict(res.Verdict)), maybe(res.Detect), maybe(res.Recover), claims(res))
	}
}

// writeFailures says of each scenario that did not pass what was promised and seen.
func writeFailures(b *bytes.Buffer, r ledger.RunResult) {
	heading := "\n### Scenarios that did not pass\n"
	more := 0
	for _, res := range r.Results {
		text := Failure(res, r)
		if res.Verdict == judge.Unsupported {
			text = fmt.Sprintf("%s: Unsupported: %s\n", line(res.Scenario), reason(res))
		}
		switch {
		case text == "":
		case b.Len() > maxFailures:
			more++
		default:
			b.WriteString(heading)
			heading = ""
			fence(b, clip(text, maxFailure))
		}
	}
	if more > 0 {
		fmt.Fprintf(b, "\n(%d more; see report.html.)\n", more)
	}
}

// writeRemedies is the table of what the runbook prescribes, and whether it helps.
func writeRemedies(b *bytes.Buffer, r ledger.RunResult) {
	if len(r.Remedies) == 0 {
		return
	}
	b.WriteString("\n### Remedy trials\n")
	table(b, "Remedy", "Claim", "Scenario", "Effect", "Why")
	for _, t := range r.Remedies {
		row(b, code(t.Remedy), code(t.Claim), code(t.Scenario), prose(t.Effect()), code(t.Why))
	}
}

// writeImpact answers the runbook's "Assess Impact" for each scenario.
func writeImpact(b *bytes.Buffer, r ledger.RunResult) {
	heading := true
	for _, res := range r.Results {
		if res.Impact == nil {
			continue
		}
		if heading {
			open(b, "Impact: requests, tenants, endpoints, dependencies")
			table(b, "Scenario", "Impact", "Signals")
			heading = false
		}
		row(b, code(res.Scenario), code(impactLine(res)), code(signalsLine(res)))
	}
	if !heading {
		shut(b)
	}
}

// writeWitnesses repeats the word of each witness, before, under and after each fault.
func writeWitnesses(b *bytes.Buffer, r ledger.RunResult) {
	heading := true
	for _, res := range r.Results {
		for _, t := range res.WitnessReports {
			if heading {
				open(b, "Witnesses: proof that each fault was in effect")
				table(b, "Scenario", "Phase", "Expected", "Report")
				heading = false
			}
			row(b, code(res.Scenario), code(phase(res, t.Phase, t.Stage)), code(string(t.Want)), code(t.Report.String()))
		}
	}
	if !heading {
		shut(b)
	}
}

// writeLedger lists every statement of the runbook with its claim, its verdict
// and what stands behind it.
func writeLedger(b *bytes.Buffer, r ledger.RunResult) {
	if len(r.Ledger) == 0 {
		return
	}
	open(b, "Ledger: "+prose(ledgerTally(r.Ledger)))
	table(b, "Line", "Claim", "Verdict", "The runbook says", "Basis", "Evidence", "Counter-example", "Reason")
	for _, c := range r.Ledger {
		row(b, statementLine(c), code(c.ID), prose(string(c.Verdict)), prose(clip(claimText(c), maxClaimText)), prose(string(c.Basis)),
			code(decidedBy(c)), code(c.CounterExample), code(c.Reason))
	}
	shut(b)
}

// writeFindings lists the hazards of the runbook, each with what to do about it.
func writeFindings(b *bytes.Buffer, r ledger.RunResult) {
	if len(r.Findings) == 0 {
		return
	}
	open(b, fmt.Sprintf("Hazards of the runbook: %d (annotated.md shows them at their lines)", len(r.Findings)))
	table(b, "Line", "Rule", "Observed", "Proposal")
	for _, f := range r.Findings {
		row(b, fmt.Sprint(f.Line), prose(f.Rule), code(f.Saw), code(f.Proposal))
	}
	shut(b)
}

// maxClaimText bounds what a row repeats of the runbook, in runes.
const maxClaimText = 80

// statementLine is the line of the runbook that a row is about.
func statementLine(c ledger.Row) string {
	if c.Statement == nil {
		return nothing
	}
	return fmt.Sprint(c.Statement.Line)
}

// claimText is what a row is about: its claim in the project's words, or the
// statement in the runbook's.
func claimText(c ledger.Row) string {
	if c.Text == "" && c.Statement != nil {
		return c.Statement.Text
	}
	return c.Text
}

// decidedBy is the check that says most of a row: one that did not hold, or
// else the first that did; with the scenario, its arm and what was seen last.
func decidedBy(c ledger.Row) string {
	if len(c.Evidence) == 0 {
		return strings.Join(c.Scenarios, ", ")
	}
	best := c.Evidence[0]
	for _, e := range c.Evidence {
		if !e.Held {
			best = e
			break
		}
	}
	arm := ""
	if best.Arm != scenarios.Verify && best.Arm != "" {
		arm = " (" + string(best.Arm) + ")"
	}
	return clip(fmt.Sprintf("%s%s, %s: %s", best.Scenario, arm, best.Phase, line(best.Observation)), maxEvidence)
}

// maxEvidence bounds an observation in a table, in runes.
const maxEvidence = 100

// writeAdvice lists the checks that the runbook does not ask for and that did not hold.
func writeAdvice(b *bytes.Buffer, r ledger.RunResult) {
	heading := "\n### Advice (not promised by the runbook, decides nothing)\n\n"
	if r.Strict {
		heading = "\n### Advice (not promised by the runbook, decides this strict run)\n\n"
	}
	for _, res := range r.Results {
		for _, a := range res.Advice {
			fmt.Fprintf(b, "%s- %s: %s\n", heading, code(res.Scenario), code(a))
			heading = ""
		}
	}
}

// writeRetried lists the scenarios that a second attempt decided, and why.
func writeRetried(b *bytes.Buffer, r ledger.RunResult) {
	heading := "\n### Second attempts: the host was overloaded during the first\n\n"
	for _, res := range retried(r) {
		fmt.Fprintf(b, "%s- %s: %s\n", heading, code(res.Scenario), code(discarded(res)))
		heading = ""
	}
}

func writeProvenance(b *bytes.Buffer, r ledger.RunResult) {
	b.WriteString("\n### Provenance\n")
	table(b, "Item", "Value")
	for _, f := range provenance(r) {
		row(b, prose(f.Name), code(f.Value))
	}
}

// open begins a part that is folded until somebody asks for it.
func open(b *bytes.Buffer, summary string) {
	fmt.Fprintf(b, "\n<details><summary>%s</summary>\n", summary)
}

func shut(b *bytes.Buffer) { b.WriteString("\n</details>\n") }

func table(b *bytes.Buffer, columns ...string) {
	b.WriteByte('\n')
	row(b, columns...)
	b.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
}
