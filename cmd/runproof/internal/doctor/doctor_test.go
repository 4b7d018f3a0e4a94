package doctor

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures/sandbox"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios/judge"
)

func TestOneUsableStackIsEnough(t *testing.T) {
	fine := []stack.Finding{{Name: "postgres", OK: true, Detail: "15"}}
	lacking := []stack.Finding{{Name: "engine", Detail: "does not answer", Fix: "start it"}}
	for _, c := range []struct {
		processes, containers []stack.Finding
		want                  int
	}{
		{fine, fine, judge.ExitPassed},
		{fine, lacking, judge.ExitPassed},
		{lacking, fine, judge.ExitPassed},
		{lacking, lacking, judge.ExitUndecided},
	} {
		var out bytes.Buffer
		if got := exit.Code(report(screen.New(&out), []part{{"--stack processes", c.processes}, {"--stack containers", c.containers}}, "text")); got != c.want {
			t.Errorf("exit %d, want %d:\n%s", got, c.want, out.String())
		}
	}
}

func TestWhatIsMissingIsShownWithItsFix(t *testing.T) {
	var out bytes.Buffer
	_ = report(screen.New(&out), []part{{"--stack containers", []stack.Finding{{Name: "engine", Detail: "does not answer", Fix: "start it"}}}}, "text")
	for _, want := range []string{"MISSING", "engine", "does not answer", "fix: start it"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, out.String())
		}
	}
}

// TestAMachineThatMakesNoSandboxIsTold: with what was seen, and what may help.
func TestAMachineThatMakesNoSandboxIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"can":       {nil, []string{"ok", "sandbox"}},
		"forbidden": {&sandbox.Unavailable{Reason: "No permissions to create new namespace", Fix: "sysctl x"}, []string{"MISSING", "No permissions", "fix: sysctl x"}},
		"broken":    {errors.New("guard is gone"), []string{"MISSING", "guard is gone"}},
	} {
		var out bytes.Buffer
		if err := table(screen.New(&out), []part{{commands, operatorsTools(c.err)}}); err != nil {
			t.Error(err)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: %q is missing in:\n%s", name, want, out.String())
			}
		}
	}
}
