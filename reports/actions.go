package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// maxActions bounds what the first screen asks for.
const maxActions = 8

// action is something that the reader has to do, and where the reasons are.
type action struct {
	Mark                mark
	Link, Subject, Text string
}

// actions says what to do after a run, the most pressing first, and how many more there
// are of which nothing is said.
func actions(r ledger.RunResult, anchors []string) (list []action, more int) {
	var failed, undecided []action
	covered := map[string]bool{} // claims that a failed scenario tells of
	for i, res := range r.Results {
		a := action{Mark: verdictMark(res.Verdict), Link: "#" + anchors[i], Subject: line(res.Scenario)}
		switch res.Verdict {
		case judge.Passed, judge.Unsupported:
			continue
		case judge.Failed:
			for _, c := range res.Claims {
				covered[c.Claim] = covered[c.Claim] || c.State == judge.ClaimBroken
			}
			a.Text = "fix the service" + orTheRunbook(r, res) + ": " + inShort(res)
			failed = append(failed, a)
		default:
			a.Text = "find out why nothing follows, then play it again: " + clip(line(reason(res)), maxSaidShortly)
			undecided = append(undecided, a)
		}
	}
	list = failed
	for _, t := range r.Remedies {
		if t.Harmful {
			list = append(list, action{Mark: markBad, Link: "#remedies", Subject: line(t.Remedy), Text: "take it out of the runbook or warn of it: in " + line(t.Scenario) + " it does harm"})
		}
	}
	list = append(list, inDocument(r, covered)...)
	list = append(list, undecided...)
	if n := rowsWith(r.Ledger, ledger.Stale); n > 0 {
		list = append(list, action{Mark: markOpen, Link: "#ledger", Subject: plural(n, "statement has", "statements have") + " changed", Text: "check the claims that were bound to the old text, then runproof verify --lock"})
	}
	if inDisorder(r) {
		list = append(list, action{Mark: markOpen, Link: "#provenance", Subject: "the run", Text: "play it again: it did not end in order, its last line on the terminal says why"})
	}
	for _, text := range r.Unstable {
		list = append(list, action{Mark: markOpen, Link: "#unstable", Subject: "flaky", Text: clip(line(text), maxSaidShortly)})
	}
	if len(list) > maxActions {
		list, more = list[:maxActions], len(list)-maxActions
	}
	return list, more
}

// inDocument is what to change in the runbook: what is false, then what is hazardous.
func inDocument(r ledger.RunResult, covered map[string]bool) (list []action) {
	for i, row := range r.Ledger {
		if row.Verdict == ledger.False && (row.ID == "" || !covered[row.ID]) {
			list = append(list, action{
				Mark: markBad, Link: fmt.Sprintf("#statement-%d", i), Subject: inLine(row), Text: "correct it, or the service: " + clip(line(row.Reason), maxSaidShortly),
			})
		}
	}
	for i, row := range r.Ledger {
		if row.Verdict != ledger.Hazard {
			continue
		}
		text := line(row.Reason)
		if f := findingsOf(r, row); len(f) > 0 {
			text = line(f[0].Proposal)
		}
		list = append(list, action{Mark: markWarn, Link: fmt.Sprintf("#statement-%d", i), Subject: inLine(row), Text: clip(text, maxSaidShortly)})
	}
	return list
}

// maxSaidShortly bounds what an action repeats, in letters.
const maxSaidShortly = 200

// orTheRunbook names the lines of the document that a failed scenario found FALSE.
func orTheRunbook(r ledger.RunResult, res judge.Result) string {
	var at []string
	for _, row := range r.Ledger {
		broken := slices.ContainsFunc(res.Claims, func(c judge.ClaimOutcome) bool { return c.Claim == row.ID && c.State == judge.ClaimBroken })
		if broken && row.Statement != nil && row.Verdict == ledger.False {
			at = append(at, fmt.Sprint(row.Statement.Line))
		}
	}
	switch len(at) {
	case 0:
		return ""
	case 1:
		return ", or line " + at[0] + " of the runbook"
	}
	const few = 4
	if len(at) > few {
		at = append(at[:few], "…")
	}
	return ", or lines " + strings.Join(at, ", ") + " of the runbook"
}

// inShort says what was promised and what was seen instead.
func inShort(res judge.Result) string {
	list := unmet(res)
	if len(list) == 0 {
		return clip(line(reason(res)), maxSaidShortly)
	}
	first := list[0]
	if i := slices.IndexFunc(list, func(o judge.Outcome) bool { return o.Basis == scenarios.Documented }); i >= 0 {
		first = list[i]
	}
	text := line(first.Expectation)
	if words, _ := seen(first.Last); words != "" {
		text += "; seen: " + words
	}
	if n := len(list) - 1; n > 0 {
		text += fmt.Sprintf(" (and %s)", plural(n, "more expectation", "more expectations"))
	}
	return clip(text, maxSaidShortly)
}

// inLine names a row by its place in the document.
func inLine(row ledger.Row) string {
	if row.Statement == nil {
		return line(row.ID)
	}
	return fmt.Sprintf("line %d of the runbook", row.Statement.Line)
}

func findingsOf(r ledger.RunResult, row ledger.Row) (list []ledger.Finding) {
	for _, f := range r.Findings {
		if row.Statement != nil && f.Statement == row.Statement.ID {
			list = append(list, f)
		}
	}
	return list
}

func rowsWith(rows []ledger.Row, v ledger.ClaimVerdict) (n int) {
	for _, row := range rows {
		if row.Verdict == v {
			n++
		}
	}
	return n
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// inSentence says in words how a run ended.
func inSentence(r ledger.RunResult) string {
	n := map[judge.Verdict]int{}
	for _, v := range r.Verdicts() {
		n[v]++
	}
	undecided := n[judge.Broken] + n[judge.Inconclusive] + n[judge.Unknown]
	var parts []string
	if n[judge.Failed] > 0 {
		parts = append(parts, fmt.Sprintf("the service broke its promise in %s", plural(n[judge.Failed], "scenario", "scenarios")))
	}
	if n := seenDeviations(r); n > 0 {
		parts = append(parts, fmt.Sprintf("%s accepted", plural(n, "deviation is", "deviations are")))
	}
	if n[judge.Passed] > 0 {
		parts = append(parts, fmt.Sprintf("%s passed", plural(n[judge.Passed], "scenario", "scenarios")))
	}
	if undecided > 0 {
		parts = append(parts, fmt.Sprintf("%s not decided", plural(undecided, "scenario was", "scenarios were")))
	}
	if n[judge.Unsupported] > 0 {
		parts = append(parts, fmt.Sprintf("%s not be staged here", plural(n[judge.Unsupported], "scenario could", "scenarios could")))
	}
	if len(r.Results) == 0 {
		parts = append(parts, "no scenario was played")
	}
	if len(r.Ledger) > 0 {
		var verdicts []string
		for _, v := range []ledger.ClaimVerdict{ledger.False, ledger.Hazard, ledger.Stale, ledger.True} {
			if n := rowsWith(r.Ledger, v); n > 0 {
				verdicts = append(verdicts, fmt.Sprintf("%d %s", n, v))
			}
		}
		if len(verdicts) > 0 {
			parts = append(parts, "of the runbook's statements "+strings.Join(verdicts, ", "))
		}
	}
	text := sentence(strings.Join(parts, "; ")) + "."
	if inDisorder(r) {
		text += " The run did not end in order, so it is not called passed."
	}
	if r.Mode == scenarios.Control {
		text += " Control arm: no fault was injected."
	}
	return text
}

// inDisorder reports whether a run is undecided though each of its scenarios was decided:
// something of it was interrupted, or could not be taken down.
func inDisorder(r ledger.RunResult) bool {
	decided := slices.ContainsFunc(r.Results, func(res judge.Result) bool { return res.Verdict == judge.Passed })
	return exit(r) == judge.ExitUndecided && decided && r.ExitCode() == judge.ExitPassed
}
