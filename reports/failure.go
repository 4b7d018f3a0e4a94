package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// maxSaid bounds each line of a failure message, in runes.
const maxSaid = 1000

// Failure is the message on a scenario that did not pass, for a person who has to act on
// it: of each expectation that did not hold what the runbook promises and at which line,
// what was seen last and since when; then the runbook's section, and the command that
// runs this scenario alone on the same kind of stack. It is empty for a scenario that
// passed or is unsupported. The run gives the lines of the runbook and the stack; more
// are further arguments of the command.
func Failure(res judge.Result, r ledger.RunResult, more ...string) string {
	switch res.Verdict {
	case judge.Passed, judge.Unsupported:
		return ""
	}
	var b strings.Builder
	say := func(label, text string) { fmt.Fprintf(&b, "  %-10s %s\n", label+":", text) }
	fmt.Fprintf(&b, "%s: %s (%s)\n", line(res.Scenario), verdict(res.Verdict), said(res.Title))
	unmet := unmet(res)
	if reason := reason(res); !decidedAmong(unmet, res) {
		say("reason", reason)
	}
	for _, o := range unmet {
		for _, p := range promised(o, r) {
			say("promised", p)
		}
		say("expected", during(res, o)+": "+said(o.Expectation)+claimed(o))
		say("but", said(o.Reason))
		say("last seen", said(o.Last.String()))
		if since := since(o, res); since != "" {
			say("since", since)
		}
	}
	say("runbook", said(res.Section))
	say("run alone", command(res, r.Provenance.Stack.Kind, more...))
	return b.String()
}

// mostPromised is how many lines of the runbook are quoted for one expectation.
const mostPromised = 3

// promised are the lines of the runbook that an expectation proves.
func promised(o judge.Outcome, r ledger.RunResult) []string {
	var list []string
	for _, row := range r.Ledger {
		if row.Statement == nil || !slices.Contains(o.Claims, row.ID) {
			continue
		}
		if len(list) == mostPromised {
			return append(list, "and in other lines")
		}
		list = append(list, fmt.Sprintf("line %d: %s", row.Statement.Line, said(row.Statement.Text)))
	}
	return list
}

// since says for how long it was seen that an expectation does not hold.
func since(o judge.Outcome, res judge.Result) string {
	switch {
	case o.FailingSince.IsZero() || res.Began.IsZero():
		return ""
	case o.Invariant != "" || o.Phase == scenarios.PhaseAlways:
		return fmt.Sprintf("first %s into the scenario", duration(o.FailingSince.Sub(res.Began)))
	}
	return fmt.Sprintf("%s into the scenario, for %s (%s in all)", duration(o.FailingSince.Sub(res.Began)),
		duration(o.Last.Ended().Sub(o.FailingSince)), counted(o.Observations, "observation"))
}

// counted is a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// reason says why the verdict is not Passed; there is always something to say.
func reason(res judge.Result) string {
	switch {
	case res.Reason != "":
		return said(res.Reason)
	case res.Verdict == judge.Unknown:
		return "nobody has judged it"
	}
	return "no reason was given"
}

// unmet lists the expectations that were looked at, did not hold and decide.
// Inferred ones decide only where nothing else does: then the run was strict.
func unmet(res judge.Result) []judge.Outcome {
	var decisive, inferred []judge.Outcome
	for _, o := range res.Outcomes {
		switch {
		case o.Held || o.Contained || o.Observations == 0:
		case o.Basis == scenarios.Inferred:
			inferred = append(inferred, o)
		default:
			decisive = append(decisive, o)
		}
	}
	if len(decisive) == 0 && decidedAmong(inferred, res) {
		return inferred
	}
	return decisive
}

// decidedAmong reports whether one of the outcomes decided the verdict.
func decidedAmong(list []judge.Outcome, res judge.Result) bool {
	return res.DecidedBy != nil && slices.ContainsFunc(list, func(o judge.Outcome) bool { return o.Key(res.Scenario) == *res.DecidedBy })
}

// said is text from outside in one line of bearable length.
func said(s string) string { return clip(line(s), maxSaid) }

func claimed(o judge.Outcome) string {
	if len(o.Claims) == 0 {
		return ""
	}
	return " [" + line(strings.Join(o.Claims, ", ")) + "]"
}

// command runs the scenario alone, in the same mode and as strictly as it
// takes to see the same again.
func command(res judge.Result, stackKind string, more ...string) string {
	words := []string{"runproof", "verify", shell(res.Scenario)}
	if stackKind != "" {
		words = append(words, "--stack", shell(stackKind))
	}
	if res.Mode == scenarios.Control {
		words = append(words, "--control")
	}
	if list := unmet(res); len(list) > 0 && list[0].Basis == scenarios.Inferred {
		words = append(words, "--strict")
	}
	for _, word := range more {
		words = append(words, shell(word))
	}
	return strings.Join(words, " ")
}
