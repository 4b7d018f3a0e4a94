package scenarios

import "testing"

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		verdicts []Verdict
		want     int
	}{
		{nil, ExitUndecided},
		{[]Verdict{Unknown}, ExitUndecided},
		{[]Verdict{Passed}, ExitPassed},
		{[]Verdict{Passed, Unsupported}, ExitPassed},
		{[]Verdict{Unsupported}, ExitUndecided},
		{[]Verdict{Passed, Unknown}, ExitUndecided},
		{[]Verdict{Passed, Inconclusive}, ExitUndecided},
		{[]Verdict{Passed, Broken}, ExitUndecided},
		{[]Verdict{Failed, Broken}, ExitFailed},
		{[]Verdict{Failed, Passed, Inconclusive}, ExitFailed},
	} {
		if got := ExitCode(c.verdicts); got != c.want {
			t.Errorf("ExitCode(%q) = %d, want %d", c.verdicts, got, c.want)
		}
	}
}

// TestFailedOutweighsEverything, in every mode. By hand: with the control first in
// ExitCode, the first is 3; without the arms in it, the last.
func TestFailedOutweighsEverything(t *testing.T) {
	failed, passed, undecided := Result{Verdict: Failed}, Result{Verdict: Passed}, Result{Verdict: Broken}
	arm := RemedyTrial{Arms: []ArmResult{{Verdict: Passed}, {Verdict: Failed}}}
	for name, r := range map[string]RunResult{
		"control": {Mode: Control, Results: []Result{failed, undecided}},
		"verify":  {Mode: Verify, Results: []Result{undecided, failed}},
		"flaky":   {Mode: Verify, Results: []Result{passed, failed}, Unstable: []string{"passed once, failed once"}},
		"arms":    {Mode: Verify, Results: []Result{passed}, Remedies: []RemedyTrial{arm}},
	} {
		if got := r.ExitCode(); got != ExitFailed {
			t.Errorf("%s: exit code %d, want %d", name, got, ExitFailed)
		}
	}
	for name, r := range map[string]RunResult{
		"undecided control": {Mode: Control, Results: []Result{passed, undecided}},
		"flaky":             {Mode: Verify, Results: []Result{passed}, Unstable: []string{"passed once, broken once"}},
	} {
		if got := r.ExitCode(); got != ExitUndecided {
			t.Errorf("%s: exit code %d, want %d", name, got, ExitUndecided)
		}
	}
}

// TestAFalseStatementFailsTheRun, whatever found it; a hazard or a changed text
// does not. By hand: without the ledger in ExitCode, FALSE ends with 0.
func TestAFalseStatementFailsTheRun(t *testing.T) {
	passed := []Result{{Verdict: Passed}}
	for verdict, want := range map[ClaimVerdict]int{True: ExitPassed, Hazard: ExitPassed, Stale: ExitPassed, Untested: ExitPassed, False: ExitFailed} {
		r := RunResult{Results: passed, Ledger: []LedgerRow{{Verdict: True}, {Verdict: verdict}}}
		if got := r.ExitCode(); got != want {
			t.Errorf("%s: exit code %d, want %d", verdict, got, want)
		}
		r.Mode = Control
		if got := r.ExitCode(); got != ExitPassed {
			t.Errorf("%s in a control arm: exit code %d", verdict, got)
		}
	}
}
