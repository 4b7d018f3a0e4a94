package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// maxSaid bounds each line of a failure message, in runes.
const maxSaid = 1000

// Failure is the message on a scenario that did not pass: each expectation
// that did not hold, what was seen last, the runbook's section, and the command
// that runs this scenario alone on the same kind of stack. It is empty for a
// scenario that passed or is unsupported.
func Failure(res judge.Result, stackKind string) string {
	switch res.Verdict {
	case judge.Passed, judge.Unsupported:
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (%s)\n", line(res.Scenario), verdict(res.Verdict), said(res.Title))
	unmet := unmet(res)
	if reason := reason(res); !decidedAmong(unmet, res) {
		fmt.Fprintf(&b, "  reason:    %s\n", reason)
	}
	for _, o := range unmet {
		fmt.Fprintf(&b, "  expected:  %s: %s%s\n", during(res, o), said(o.Expectation), claimed(o))
		fmt.Fprintf(&b, "  but:       %s\n", said(o.Reason))
		fmt.Fprintf(&b, "  last seen: %s\n", said(o.Last.String()))
	}
	fmt.Fprintf(&b, "  runbook:   %s\n", said(res.Section))
	fmt.Fprintf(&b, "  run alone: %s\n", command(res, stackKind))
	return b.String()
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
func command(res judge.Result, stackKind string) string {
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
	return strings.Join(words, " ")
}
