package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/judge"
)

// TestExitCodes runs real command lines. None of them starts anything.
//
// Red when cobra's own mistakes and every other error without a code were both
// taken for wrong usage: a full disk under the standard output was exit 2. A
// misspelled command was not told which one is near.
func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.md")
	if err := os.WriteFile(broken, []byte("# R\n\n[nowhere](./nowhere.md)\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	there := filepath.Join(dir, "there.yaml")
	if err := os.WriteFile(there, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	const passed, failed, usage = judge.ExitPassed, judge.ExitFailed, judge.ExitUsage
	for _, c := range []struct {
		line string
		code int
		says string // in the output of 0 and 1, in the one line of 2
	}{
		{"", passed, "verify"},
		{"--help", passed, "Exit codes"},
		{"help", passed, "Exit codes"},
		{"help verify", passed, "--budget"},
		{"verify --help", passed, "--budget"},
		{"list", passed, "database-refused"},
		{"list --claims --output json", passed, "database.symptom.503"},
		{"explain database-refused", passed, "Budget"},
		{"lint", passed, "0 findings"},
		{"completion bash", passed, "runproof"},

		{"lint --runbook " + broken, failed, "nowhere"},

		{"verfy", usage, `did you mean "verify"`},
		{"verfy --stack processes", usage, "--stack"},
		{"Verify", usage, `did you mean "verify"`},
		{"doc", usage, `did you mean "doctor"`},
		{"help verfy", usage, `did you mean "verify"`},
		{"li", usage, `did you mean "lab" or "lint" or "list"`},
		{"frobnicate", usage, "runproof --help lists them"},
		{"completion nonsense", usage, "nonsense"},
		{"--nope", usage, "--nope"},
		{"verify --nope", usage, "--nope"},
		{"verify --jobs many", usage, "many"},
		{"verify --jobs", usage, "--jobs"},
		{"verify --budget 3", usage, "--budget"},
		{"verify --jobs 0", usage, "less than one"},
		{"verify --stack nothing", usage, "nothing"},
		{"verify database-refuse", usage, `did you mean "database-refused"`},
		{"verify --runbook " + filepath.Join(dir, "none.md"), usage, "none.md"},
		{"list more", usage, "more"},
		{"list --output xml", usage, "xml"},
		{"lint more", usage, "more"},
		{"lint --runbook " + filepath.Join(dir, "none.md"), usage, "none.md"},
		{"explain", usage, "one scenario or claim"},
		{"explain one two", usage, "one scenario or claim"},
		{"init", usage, "--runbook"},
		{"init --runbook " + broken + " --out " + there, usage, "already exists"},
		{"doctor more", usage, "more"},
		{"compare", usage, "two bundles"},
		{"compare " + dir + " " + dir, usage, "not a bundle"},
		{"compare a b --output xml", usage, "xml"},
		{"compare a b --accept " + filepath.Join(dir, "none.yaml"), usage, "none.yaml"},
		{"history", usage, "a directory is needed"},
		{"history " + filepath.Join(dir, "none"), usage, "none"},
		{"history " + dir, usage, "no bundle is in it"},
		{"history " + dir + " --output xml", usage, "xml"},
		{"verify --baseline " + filepath.Join(dir, "none"), usage, "--baseline"},
		{"clean more", usage, "more"},
	} {
		var stdout, stderr bytes.Buffer
		code := Run(strings.Fields(c.line), &stdout, &stderr)
		said := stdout.String()
		if c.code == usage {
			said = stderr.String()
			if strings.Count(said, "\n") != 1 || stdout.Len() > 0 {
				t.Errorf("runproof %s: not one line of error: %q, %q", c.line, said, stdout.String())
			}
		}
		if code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("runproof %s: exit %d, want %d and %q:\n%s%s", c.line, code, c.code, c.says, stdout.String(), stderr.String())
		}
	}
}

// full is a standard output that takes nothing, as of a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What the user got right and we could not do is not the user's mistake.
func TestAnOutputThatTakesNothingIsUndecided(t *testing.T) {
	for _, line := range []string{
		"list", "list --output json", "list --claims", "list --counterexamples", "explain database-refused", "explain database.symptom.503", "lint", "lint --output sarif",
	} {
		var stderr bytes.Buffer
		if code := Run(strings.Fields(line), full{}, &stderr); code != judge.ExitUndecided || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("runproof %s: exit %d: %s", line, code, stderr.String())
		}
	}
}

// Each command, also one that is added later, refuses a flag that it does not have.
func TestEveryCommandRefusesAnUnknownFlag(t *testing.T) {
	for _, cmd := range newCmd(io.Discard, io.Discard).Commands() {
		var stderr bytes.Buffer
		if code := Run([]string{cmd.Name(), "--no-such-flag"}, io.Discard, &stderr); code != judge.ExitUsage {
			t.Errorf("%s: exit %d: %s", cmd.Name(), code, stderr.String())
		}
	}
}
