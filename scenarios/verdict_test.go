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

func TestAControlNeverBlamesTheTarget(t *testing.T) {
	r := RunResult{Mode: Control, Results: []Result{{Verdict: Failed}}}
	if got := r.ExitCode(); got != ExitUndecided {
		t.Errorf("exit code %d, want %d", got, ExitUndecided)
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
