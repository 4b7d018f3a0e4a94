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
