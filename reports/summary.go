package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// exit is the exit code that a report shows: the recorded one, but never a
// zero that the verdicts do not bear out.
func exit(r ledger.RunResult) int {
	if r.Exit == judge.ExitPassed {
		return r.ExitCode()
	}
	return r.Exit
}

// outcome is the run's verdict in a word.
func outcome(r ledger.RunResult) string {
	switch exit(r) {
	case judge.ExitPassed:
		return "Passed"
	case judge.ExitFailed:
		return "Failed"
	case judge.ExitUsage:
		return "Not run"
	}
	return "Undecided"
}

// headline says in one line how the run ended.
func headline(r ledger.RunResult) string {
	parts := []string{tally(r)}
	if len(r.Ledger) > 0 {
		parts = append(parts, ledgerTally(r.Ledger))
	}
	if n := len(retried(r)); n > 0 {
		parts = append(parts, fmt.Sprintf("%d decided by a second attempt, the host was overloaded during the first", n))
	}
	if n := seenDeviations(r); n > 0 {
		parts = append(parts, fmt.Sprintf("%d known deviations are accepted and seen", n))
	}
	kind := ""
	if r.Mode == scenarios.Control {
		kind = ", control arm"
	}
	if r.Strict {
		kind += ", strict"
	}
	warning := r.Overloaded()
	if warning != "" {
		warning += ". "
	}
	return fmt.Sprintf("%s%s (exit %d%s): %s; took %s", warning, outcome(r), exit(r), kind, strings.Join(parts, "; "), duration(r.Took))
}

// retried lists the scenarios of which there were two attempts.
func retried(r ledger.RunResult) []judge.Result {
	return slices.DeleteFunc(slices.Clone(r.Results), func(res judge.Result) bool { return res.Discarded == nil })
}

// discarded is the first of two attempts, empty where there was one.
func discarded(res judge.Result) string {
	if res.Discarded == nil {
		return ""
	}
	return line(res.Discarded.String())
}

// tally counts the scenarios by verdict, in a fixed order.
func tally(r ledger.RunResult) string {
	if len(r.Results) == 0 {
		return "no scenario was run"
	}
	count := map[judge.Verdict]int{}
	for _, v := range r.Verdicts() {
		count[v]++
	}
	var parts []string
	for _, v := range []judge.Verdict{
		judge.Passed, judge.Failed, judge.Broken, judge.Inconclusive, judge.Unsupported, judge.Unknown,
	} {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], verdict(v)))
		}
	}
	noun := "scenarios"
	if len(r.Results) == 1 {
		noun = "scenario"
	}
	return fmt.Sprintf("%d %s: %s", len(r.Results), noun, strings.Join(parts, ", "))
}

// ledgerTally counts the claims by verdict, and beside them the statements that nobody
// claims.
func ledgerTally(rows []ledger.Row) string {
	count := map[ledger.ClaimVerdict]int{}
	claims, unclaimed := 0, 0
	for _, row := range rows {
		if row.ID == "" {
			unclaimed++
			continue
		}
		claims++
		count[row.Verdict]++
	}
	var parts []string
	for _, v := range []ledger.ClaimVerdict{ledger.True, ledger.False, ledger.Hazard, ledger.Stale, ledger.Untested} {
		if count[v] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[v], v))
		}
	}
	text := fmt.Sprintf("%d claims: %s", claims, strings.Join(parts, ", "))
	if unclaimed > 0 {
		text += fmt.Sprintf("; %d statements without a claim", unclaimed)
	}
	return text
}

// claims is how many of a scenario's claims held, of how many.
func claims(res judge.Result) string {
	held := 0
	for _, c := range res.Claims {
		if c.State == judge.ClaimHeld {
			held++
		}
	}
	return fmt.Sprintf("%d/%d", held, len(res.Claims))
}

// fact is one line of the provenance.
type fact struct{ Name, Value string }

// provenance lists what the run was made of; what is not known is left out.
func provenance(r ledger.RunResult) []fact {
	p := r.Provenance
	facts := []fact{
		{"run", r.ID},
		{"began", stamp(r.Began)},
		{"mode", mode(r.Mode)},
		{"suite", p.Suite},
		{"target", p.Target.ID},
		{"target.version", p.Target.Version},
		{"target.digest", p.Target.Digest},
		{"runbook", p.Runbook.Name},
		{"runbook.sha256", p.Runbook.SHA256},
		{"stack", p.Stack.Kind},
	}
	for _, s := range p.Stack.Services {
		facts = append(facts, fact{"stack." + s.Name, strings.Join(strings.Fields(s.Version+" "+s.Image+" "+s.Digest), " ")})
	}
	facts = append(facts,
		fact{"seed", strconv.FormatInt(p.Seed, 10)},
		fact{"machine", fmt.Sprintf("%s/%s, %d CPUs", p.Machine.OS, p.Machine.Arch, p.Machine.CPUs)},
		fact{"kernel", p.Machine.Kernel},
	)
	known := facts[:0]
	for _, f := range facts {
		if f.Value = line(f.Value); f.Value != "" {
			known = append(known, fact{line(f.Name), f.Value})
		}
	}
	return known
}

// stamp is a moment in UTC (RFC 3339), empty where there is none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
