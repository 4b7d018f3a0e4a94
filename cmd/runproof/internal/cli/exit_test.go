package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/judge"
)

// full is a standard output that takes nothing, as of a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What the user got right and we could not do is not the user's mistake.
func TestAnOutputThatTakesNothingIsUndecided(t *testing.T) {
	for _, line := range []string{
		"list", "list --output json", "list claims", "list counterexamples", "explain database-refused", "explain database.symptom.503", "lint", "lint --output sarif",
	} {
		var stderr bytes.Buffer
		if code := Run(strings.Fields(line), full{}, &stderr); code != judge.ExitUndecided || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("runproof %s: exit %d: %s", line, code, stderr.String())
		}
	}
}
