package ledger

import (
	"fmt"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// RunResult is a whole run: what was played, against what, and what came out.
// It is what a bundle keeps as result.json and what every report is made of.
type RunResult struct {
	// ID is the run's id, which is also the name of its bundle.
	ID    string         `json:"id"`
	Began time.Time      `json:"began"`
	Took  time.Duration  `json:"took"`
	Mode  scenarios.Mode `json:"mode"`
	// Strict says that inferred checks decided as well.
	Strict bool `json:"strict,omitempty"`
	// Jobs is how many scenarios were played side by side, at most.
	Jobs       int               `json:"jobs,omitempty"`
	Exit       int               `json:"exit"`
	Provenance record.Provenance `json:"provenance"`
	// Results are those of the scenarios, and of the plays of the document's commands
	// that did not pass.
	Results []judge.Result `json:"results"`
	// Trials are the commands of the document, executed as printed.
	Trials []Trial `json:"trials,omitempty"`
	Ledger []Row   `json:"ledger"`
	// Remedies are what the runbook prescribes, on trial.
	Remedies []judge.RemedyTrial `json:"remedies,omitempty"`
	// MinimumDuration is the longest chain of waits that the runbook itself asks for.
	MinimumDuration time.Duration `json:"minimumDuration,omitempty"`
	// Repetitions are all playings of a run that played its scenarios several times;
	// Results has the worst of each.
	Repetitions []Repetition `json:"repetitions,omitempty"`
	// Beside is the id of the run that was played beside this one, scenario by
	// scenario: whatever befell the host befell both.
	Beside string `json:"beside,omitempty"`
	// Shard is what part of a run this is; nil: it is a whole one.
	Shard *Shard `json:"shard,omitempty"`
	// Accepted are the known deviations that were accepted for this run.
	Accepted []Deviation `json:"accepted,omitempty"`
	// Unfinished says why the run was not played to its end, or what it has left behind.
	Unfinished string `json:"unfinished,omitempty"`
	// Unstable lists the scenarios that came out differently when repeated.
	Unstable []string `json:"unstable,omitempty"`
	// Truncated says what the files of the bundle lack, because they would be too long.
	Truncated []string `json:"truncated,omitempty"`
	// Findings are the hazards of the document, in its order.
	Findings []Finding `json:"findings,omitempty"`
}

// Verdicts lists the verdicts of the scenarios that were played.
func (r RunResult) Verdicts() []judge.Verdict {
	list := make([]judge.Verdict, 0, len(r.Results))
	for _, result := range r.Results {
		list = append(list, result.Verdict)
	}
	return list
}

// ExitCode is the exit code that the run's verdicts ask for. Failed outweighs
// everything, in every mode: that of a scenario, of an arm, or a statement that
// was found FALSE, whatever found it: a scenario, a command executed as printed,
// a number that was measured. HAZARD and STALE do not fail a run, nor does what is
// known and accepted.
func (r RunResult) ExitCode() int {
	known := r.Known()
	verdicts := r.Verdicts()
	for i, result := range r.Results {
		if result.Verdict == judge.Failed && known.Result(result, r.Strict) != nil {
			verdicts[i] = judge.Passed
		}
	}
	code := judge.ExitCode(verdicts)
	switch {
	case code == judge.ExitFailed, slices.ContainsFunc(r.Remedies, judge.RemedyTrial.Failed):
		return judge.ExitFailed
	case r.Mode == scenarios.Control && code != judge.ExitPassed:
		return judge.ExitUndecided
	case r.Mode != scenarios.Control && slices.ContainsFunc(r.Ledger, func(row Row) bool { return row.Verdict == False && known.Row(row) == nil }):
		return judge.ExitFailed
	case r.Unfinished != "" || len(r.Unstable) > 0 || slices.ContainsFunc(r.Remedies, func(t judge.RemedyTrial) bool { return !t.Decided }):
		return max(code, judge.ExitUndecided)
	}
	return code
}

// overloadedShare is the part of the scenarios, one in so many, that may need a
// second attempt before the run says that the host is overloaded.
const overloadedShare = 10

// Overloaded says that too many scenarios needed a second attempt, and what to do
// about it; empty where few or none did.
func (r RunResult) Overloaded() string {
	n := 0
	for _, result := range r.Results {
		if result.Discarded != nil {
			n++
		}
	}
	if n*overloadedShare <= len(r.Results) {
		return ""
	}
	advice := "play fewer side by side"
	if r.Jobs > 1 {
		advice = fmt.Sprintf("--jobs %d instead of %d", r.Jobs/2, r.Jobs)
	}
	return fmt.Sprintf("the host was overloaded: %d of %d scenarios needed a second attempt; propose: %s", n, len(r.Results), advice)
}
