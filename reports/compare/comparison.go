package compare

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Comparison is what changed from a baseline to a candidate.
type Comparison struct {
	Baseline  Side `json:"baseline"`
	Candidate Side `json:"candidate"`
	// Interleaved says that both were played in one run, scenario by scenario.
	Interleaved bool `json:"interleaved"`
	// Incomparable says why the two cannot be compared; empty: they can.
	Incomparable string `json:"incomparable,omitempty"`
	// Notes says what differs besides, and what follows from that.
	Notes []string `json:"notes,omitempty"`
	// Headline is the whole in one sentence, Exit the exit code that it asks for.
	Headline string `json:"headline"`
	Exit     int    `json:"exit"`
	// Changes are in the order of their weight.
	Changes []Change `json:"changes"`
	// Scenarios are all that either has played, in the candidate's order.
	Scenarios []Scenario `json:"scenarios"`
	Latencies []Latency  `json:"latencies"`
	// Deviations are the accepted ones, and what became of them.
	Deviations []Accepted `json:"deviations,omitempty"`
}

// Side is one of the two runs.
type Side struct {
	ID     string            `json:"id"`
	Began  time.Time         `json:"began"`
	Exit   int               `json:"exit"`
	Target record.TargetInfo `json:"target"`
}

// Weight is how much a change counts.
type Weight string

// The weights, the heaviest first.
const (
	Regression  Weight = "regression"
	Undecided   Weight = "undecided"
	Allowed     Weight = "accepted"
	Improvement Weight = "improvement"
	Neutral     Weight = "neutral"
)

var weights = []Weight{Regression, Undecided, Allowed, Improvement, Neutral}

// Kind is what a change is of.
type Kind string

// The kinds of changes.
const (
	OfRun      Kind = "run"
	OfScenario Kind = "scenario"
	OfClaim    Kind = "claim"
	OfFinding  Kind = "finding"
	OfTime     Kind = "time"
	OfLatency  Kind = "latency"
)

// Change is one thing that is otherwise in the candidate.
type Change struct {
	Weight Weight `json:"weight"`
	Kind   Kind   `json:"kind"`
	// What it is of, as far as the kind has it.
	Scenario    string `json:"scenario,omitempty"`
	Claim       string `json:"claim,omitempty"`
	Expectation string `json:"expectation,omitempty"`
	Time        string `json:"time,omitempty"`
	Route       string `json:"route,omitempty"`
	Was         string `json:"was"`
	Is          string `json:"is"`
	// Why is what was seen, or why it is undecided.
	Why      string `json:"why,omitempty"`
	Definite bool   `json:"definite,omitempty"`
	// Accepted is why it is no regression.
	Accepted *ledger.Deviation `json:"accepted,omitempty"`
}

// Subject is what changed.
func (c Change) Subject() string {
	switch c.Kind {
	case OfRun:
		return "the candidate's run"
	case OfClaim:
		return c.Claim
	case OfFinding:
		return c.Scenario + ": " + c.Expectation
	case OfTime:
		return c.Scenario + ": time " + c.Time
	case OfLatency:
		return c.Time + " of " + c.Route
	}
	return c.Scenario
}

// Accepted is an accepted deviation and what became of it.
type Accepted struct {
	ledger.Deviation
	State ledger.DeviationState `json:"state"`
}

// Runs compares a candidate with a baseline. The accepted deviations are those of
// the candidate's result; a date counts as of when that began.
func Runs(baseline, candidate ledger.RunResult) Comparison {
	c := Comparison{
		Baseline: sideOf(baseline), Candidate: sideOf(candidate),
		Interleaved: candidate.Beside != "" && candidate.Beside == baseline.ID,
		Changes:     []Change{}, Scenarios: []Scenario{}, Latencies: []Latency{},
	}
	if c.Incomparable = Incomparable(baseline, candidate); c.Incomparable != "" {
		c.Exit, c.Headline = judge.ExitUndecided, "Not comparable: "+c.Incomparable+"."
		return c
	}
	p := pair{baseline: baseline, candidate: candidate, interleaved: c.Interleaved}
	c.Notes, p.untimed = notes(baseline, candidate)
	c.Scenarios = p.scenarios()
	c.Latencies = p.latencies()
	if why := candidate.Unfinished; why != "" {
		c.Changes = append(c.Changes, Change{Weight: Undecided, Kind: OfRun, Was: "finished", Is: "not finished", Why: why})
	}
	c.Changes = append(c.Changes, p.verdicts(c.Scenarios)...)
	c.Changes = append(c.Changes, p.claims(c.Scenarios)...)
	c.Changes = append(c.Changes, p.findings()...)
	c.Changes = append(c.Changes, p.times(c.Scenarios)...)
	c.Changes = append(c.Changes, slower(c.Latencies)...)
	p.accept(c.Changes)
	slices.SortStableFunc(c.Changes, func(a, b Change) int {
		return slices.Index(weights, a.Weight) - slices.Index(weights, b.Weight)
	})
	c.Deviations = p.deviations(c.Changes)
	c.Exit = exitOf(c)
	c.Headline = headline(c)
	return c
}

// pair is both runs, of which something is compared.
type pair struct {
	baseline, candidate ledger.RunResult
	interleaved         bool
	// untimed says that times are shown and do not decide.
	untimed bool
}

func sideOf(r ledger.RunResult) Side {
	return Side{ID: r.ID, Began: r.Began, Exit: r.Exit, Target: r.Provenance.Target}
}

// Incomparable says why nothing follows from a difference of the two; empty: they
// can be compared.
func Incomparable(baseline, candidate ledger.RunResult) string {
	a, b := baseline.Provenance, candidate.Provenance
	var why []string
	differ := func(what, was, is string) {
		if was != is {
			why = append(why, fmt.Sprintf("another %s (%s and %s)", what, shown(was), shown(is)))
		}
	}
	differ("runbook", a.Runbook.SHA256, b.Runbook.SHA256)
	differ("set of claims", digests(a.Claims), digests(b.Claims))
	differ("set of scenarios", digests(a.Scenarios), digests(b.Scenarios))
	differ("version of runproof", a.Suite, b.Suite)
	differ("mode", string(baseline.Mode), string(candidate.Mode))
	if baseline.Strict != candidate.Strict {
		why = append(why, "only one of them is strict")
	}
	return strings.Join(why, "; ")
}

// digests are those of files, in their order; empty: there are none.
func digests(list []record.Document) string {
	var all []string
	for _, d := range list {
		all = append(all, shown(d.SHA256))
	}
	return strings.Join(all, " ")
}

// shown is a value as it identifies something: of a digest the beginning.
func shown(value string) string {
	const enough = 12
	switch {
	case value == "":
		return "none"
	case len(value) == 64:
		return value[:enough]
	}
	return value
}

// unversioned is what Go calls the version of a build from a working copy.
const unversioned = "(devel)"

// notes says what else differs. Times of another machine, or of another kind of
// stack, say nothing of the candidate.
func notes(a, b ledger.RunResult) (list []string, untimed bool) {
	machine := func(r ledger.RunResult) string {
		m := r.Provenance.Machine
		return fmt.Sprintf("%s/%s, %d CPUs, kernel %s", m.OS, m.Arch, m.CPUs, m.Kernel)
	}
	for _, d := range []struct{ what, was, is string }{
		{"machine", machine(a), machine(b)},
		{"kind of stack", a.Provenance.Stack.Kind, b.Provenance.Stack.Kind},
		{"scenarios in parallel", fmt.Sprint(a.Jobs), fmt.Sprint(b.Jobs)},
	} {
		if d.was != d.is {
			list = append(list, fmt.Sprintf("another %s (%s and %s): times are shown and do not decide", d.what, shown(d.was), shown(d.is)))
			untimed = true
		}
	}
	if b.Provenance.Suite == unversioned && b.Beside != a.ID {
		list = append(list, "runproof itself was built without a version: whether both runs were judged by the same one is not known")
	}
	if a.Provenance.Target.Digest != "" && a.Provenance.Target.Digest == b.Provenance.Target.Digest {
		list = append(list, "both are the same build")
	}
	return list, untimed
}

func exitOf(c Comparison) int {
	code := judge.ExitPassed
	for _, change := range c.Changes {
		switch change.Weight {
		case Regression:
			return judge.ExitFailed
		case Undecided:
			code = judge.ExitUndecided
		}
	}
	return code
}
