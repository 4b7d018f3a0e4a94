package exit

import (
	"errors"
	"fmt"
	"testing"

	"github.com/runproof/runproof/scenarios"
)

func TestCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, scenarios.ExitPassed},
		{With(scenarios.ExitPassed), scenarios.ExitPassed},
		{With(scenarios.ExitFailed), scenarios.ExitFailed},
		{Usage("x"), scenarios.ExitUsage},
		{Undecided("x"), scenarios.ExitUndecided},
		{fmt.Errorf("around: %w", Undecided("x")), scenarios.ExitUndecided},
		{errors.New("no space left on device"), scenarios.ExitUndecided},
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
