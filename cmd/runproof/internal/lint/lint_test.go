package lint

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/symptoms"
)

func write1(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "runbook.md")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExitCodes(t *testing.T) {
	changed := write1(t, strings.Replace(string(runbook.Edition()), "after 30 seconds", "after 60 seconds", 1))
	for name, c := range map[string]struct {
		o    Options
		want int
		says string
	}{
		"the edition is clean":  {Options{Output: "text"}, 0, "0 findings"},
		"a changed fact":        {Options{Output: "text", Runbook: changed}, 1, "[stale]"},
		"no such format":        {Options{Output: "xml"}, 2, ""},
		"no such file":          {Options{Output: "text", Runbook: "/nowhere"}, 2, ""},
		"no lock":               {Options{Output: "text", Runbook: changed, Lock: true}, 2, ""},
		"another service":       {Options{Output: "text", Runbook: write1(t, "# Payment service\n\nAll is well.\n")}, 0, "no claim was bound"},
		"findings as JSON":      {Options{Output: "json", Runbook: changed}, 1, `"rule": "stale"`},
		"findings as SARIF":     {Options{Output: "sarif", Runbook: changed}, 1, `"ruleId": "stale"`},
		"a link that is broken": {Options{Output: "text", Runbook: write1(t, "# X\n[a](b.md)\n")}, 1, "[link]"},
	} {
		var out bytes.Buffer
		err := run(c.o, &out)
		if exit.Code(err) != c.want || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: exit %d, want %d: %v\n%s", name, exit.Code(err), c.want, err, out.String())
		}
	}
}

func TestTheLockIsComparedWith(t *testing.T) {
	path := write1(t, string(runbook.Edition()))
	text, err := lock.New(ledger.RunResult{}, runbook.Bind(runbook.Edition()), symptoms.All()).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(runbook.LockFile(path), text, 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(Options{Output: "text", Runbook: path, Lock: true}, &out); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	moved := bytes.Replace(runbook.Edition(), []byte(`"ECONNREFUSED"`), []byte(`"ECONNREFUSED" and "EPIPE"`), 1)
	if err := os.WriteFile(path, moved, 0o600); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := run(Options{Output: "json", Runbook: path, Lock: true}, &out); exit.Code(err) != 1 || !json.Valid(out.Bytes()) || !strings.Contains(out.String(), `"rule": "drift"`) {
		t.Errorf("%v\n%s", err, out.String())
	}
}
