package exit

import (
	"errors"
	"fmt"
	"testing"

	"github.com/runproof/runproof/scenarios/judge"
)

func TestCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, judge.ExitPassed},
		{With(judge.ExitPassed), judge.ExitPassed},
		{With(judge.ExitFailed), judge.ExitFailed},
		{Usage("x"), judge.ExitUsage},
		{Undecided("x"), judge.ExitUndecided},
		{fmt.Errorf("around: %w", Undecided("x")), judge.ExitUndecided},
		{errors.New("no space left on device"), judge.ExitUndecided},
	} {
		if got := Code(c.err); got != c.want {
			t.Errorf("Code(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

func TestLineIsOneLine(t *testing.T) {
	if got := Line(errors.Join(errors.New("a"), errors.New("b\r\nc"))); got != "a; b; c" {
		t.Errorf("%q", got)
	}
}
