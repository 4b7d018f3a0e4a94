package lint

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/judge"
)

// shelf is a folder with two runbooks of one service that contradict each
// other, one of another service, and what no rule may look at.
func shelf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.md":              "# Orders: incidents\n\n| Level | Response time |\n|---|---|\n| P1 | 15 minutes |\n\n`ORDERS_POOL` defaults to 10.\n",
		"sub/b.md":          "# Orders: on-call\n\nP1: respond within 30 minutes.\n\n[x](gone.md)\n",
		"c.md":              "# Carts\n\n`ORDERS_POOL` defaults to 20.\n",
		"notes.txt":         "[x](#gone)\n",
		".hidden/d.md":      "[x](#gone)\n",
		"node_modules/e.md": "[x](#gone)\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAFolderIsHeldAgainstItself(t *testing.T) {
	dir := shelf(t)
	for name, c := range map[string]struct {
		o    Options
		want int
		says []string
		not  string
	}{
		"a folder": {Options{Paths: []string{dir}, Output: "text"}, 1,
			[]string{"sub/b.md:3:1: warning: ", "15 minutes (" + filepath.Join(dir, "a.md") + ", line 5), 30 minutes", "3 documents, 1 of them with findings: 2 findings (1 error, 1 warning)"}, "ORDERS_POOL"},
		"two files":                  {Options{Paths: []string{filepath.Join(dir, "sub/b.md"), filepath.Join(dir, "a.md")}, Output: "text"}, 1, []string{"a.md:5:1: warning: "}, ""},
		"one file has no neighbours": {Options{Paths: []string{filepath.Join(dir, "a.md")}, Output: "text"}, 0, []string{"0 findings"}, "documents"},
		"errors alone":               {Options{Paths: []string{dir}, Output: "text", Severity: "error"}, 1, []string{"1 finding (1 error)"}, "warning"},
		"a rule is off":              {Options{Paths: []string{dir}, Output: "text", Severity: "error", Disable: []string{"link"}}, 0, []string{"0 findings"}, "[link]"},
		"annotations":                {Options{Paths: []string{dir}, Output: "github"}, 1, []string{"::error file=" + filepath.Join(dir, "sub/b.md") + ",line=5,col=2,title=link::there is no file"}, ""},
		"JSON":                       {Options{Paths: []string{dir}, Output: "json"}, 1, []string{`"documents": [`, `"severity": "error"`}, ""},
		"SARIF":                      {Options{Paths: []string{dir}, Output: "sarif"}, 1, []string{`"level": "error"`}, ""},
		"no such rule":               {Options{Paths: []string{dir}, Output: "text", Disable: []string{"lnik"}}, judge.ExitUsage, nil, ""},
		"no such severity":           {Options{Paths: []string{dir}, Output: "text", Severity: "bad"}, judge.ExitUsage, nil, ""},
		"no such path":               {Options{Paths: []string{filepath.Join(dir, "x")}, Output: "text"}, judge.ExitUsage, nil, ""},
		"fix takes one":              {Options{Paths: []string{dir}, Output: "text", Fix: "x"}, judge.ExitUsage, nil, ""},
		"both ways of naming":        {Options{Paths: []string{dir}, Runbook: "x", Output: "text"}, judge.ExitUsage, nil, ""},
	} {
		var out bytes.Buffer
		if code := codeOf(run(c.o, &out)); code != c.want {
			t.Errorf("%s: exit %d, want %d\n%s", name, code, c.want, out.String())
		}
		for _, s := range c.says {
			if !strings.Contains(out.String(), s) {
				t.Errorf("%s: %q is not in\n%s", name, s, out.String())
			}
		}
		if c.not != "" && strings.Contains(out.String(), c.not) {
			t.Errorf("%s: %q is in\n%s", name, c.not, out.String())
		}
		if (c.o.Output == "json" || c.o.Output == "sarif") && !json.Valid(out.Bytes()) {
			t.Errorf("%s: no JSON", name)
		}
	}
}

// TestTheHookIsACommandLine: what pre-commit runs has flags that exist, and
// finds runbooks by their names.
func TestTheHookIsACommandLine(t *testing.T) {
	raw, err := os.ReadFile("../../../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct{ ID, Name, Entry, Language, Files string }
	if err := yaml.Unmarshal(raw, &hooks); err != nil || len(hooks) != 1 {
		t.Fatal(err, hooks)
	}
	args, begins := strings.CutPrefix(hooks[0].Entry, "runproof lint ")
	if cmd := NewCmd(); !begins || cmd.ParseFlags(strings.Fields(args)) != nil || hooks[0].Language != "golang" || hooks[0].ID == "" {
		t.Errorf("%+v", hooks[0])
	}
	files := regexp.MustCompile(hooks[0].Files)
	if !files.MatchString("docs/Runbooks/redis.md") || files.MatchString("docs/readme.md") {
		t.Errorf("%s", hooks[0].Files)
	}
}
