package ledger

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		verdicts []judge.Verdict
		want     int
	}{
		{nil, judge.ExitUndecided},
		{[]judge.Verdict{judge.Unknown}, judge.ExitUndecided},
		{[]judge.Verdict{judge.Passed}, judge.ExitPassed},
		{[]judge.Verdict{judge.Passed, judge.Unsupported}, judge.ExitPassed},
		{[]judge.Verdict{judge.Unsupported}, judge.ExitUndecided},
		{[]judge.Verdict{judge.Passed, judge.Unknown}, judge.ExitUndecided},
		{[]judge.Verdict{judge.Passed, judge.Inconclusive}, judge.ExitUndecided},
		{[]judge.Verdict{judge.Passed, judge.Broken}, judge.ExitUndecided},
		{[]judge.Verdict{judge.Failed, judge.Broken}, judge.ExitFailed},
		{[]judge.Verdict{judge.Failed, judge.Passed, judge.Inconclusive}, judge.ExitFailed},
	} {
		if got := judge.ExitCode(c.verdicts); got != c.want {
			t.Errorf("ExitCode(%q) = %d, want %d", c.verdicts, got, c.want)
		}
	}
}

// TestFailedOutweighsEverything, in every mode. By hand: with the control first in
// ExitCode, the first is 3; without the arms in it, the last.
func TestFailedOutweighsEverything(t *testing.T) {
	failed, passed, undecided := judge.Result{Verdict: judge.Failed}, judge.Result{Verdict: judge.Passed}, judge.Result{Verdict: judge.Broken}
	arm := judge.RemedyTrial{Arms: []judge.ArmResult{{Verdict: judge.Passed}, {Verdict: judge.Failed}}}
	for name, r := range map[string]RunResult{
		"control": {Mode: scenarios.Control, Results: []judge.Result{failed, undecided}},
		"verify":  {Mode: scenarios.Verify, Results: []judge.Result{undecided, failed}},
		"flaky":   {Mode: scenarios.Verify, Results: []judge.Result{passed, failed}, Unstable: []string{"passed once, failed once"}},
		"arms":    {Mode: scenarios.Verify, Results: []judge.Result{passed}, Remedies: []judge.RemedyTrial{arm}},
	} {
		if got := r.ExitCode(); got != judge.ExitFailed {
			t.Errorf("%s: exit code %d, want %d", name, got, judge.ExitFailed)
		}
	}
	for name, r := range map[string]RunResult{
		"undecided control": {Mode: scenarios.Control, Results: []judge.Result{passed, undecided}},
		"flaky":             {Mode: scenarios.Verify, Results: []judge.Result{passed}, Unstable: []string{"passed once, broken once"}},
	} {
		if got := r.ExitCode(); got != judge.ExitUndecided {
			t.Errorf("%s: exit code %d, want %d", name, got, judge.ExitUndecided)
		}
	}
}

// TestAFalseStatementFailsTheRun, whatever found it; a hazard or a changed text
// does not. By hand: without the ledger in ExitCode, FALSE ends with 0.
func TestAFalseStatementFailsTheRun(t *testing.T) {
	passed := []judge.Result{{Verdict: judge.Passed}}
	for verdict, want := range map[ClaimVerdict]int{True: judge.ExitPassed, Hazard: judge.ExitPassed, Stale: judge.ExitPassed, Untested: judge.ExitPassed, False: judge.ExitFailed} {
		r := RunResult{Results: passed, Ledger: []Row{{Verdict: True}, {Verdict: verdict}}}
		if got := r.ExitCode(); got != want {
			t.Errorf("%s: exit code %d, want %d", verdict, got, want)
		}
		r.Mode = scenarios.Control
		if got := r.ExitCode(); got != judge.ExitPassed {
			t.Errorf("%s in a control arm: exit code %d", verdict, got)
		}
	}
}
