package lint_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/fix"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// fixable are documents with something to fix, in all the places where a fix
// could meet the wrong characters.
func fixable(t *testing.T) []string {
	t.Helper()
	payment, err := os.ReadFile("../testdata/payment-service/runbook.md")
	if err != nil {
		t.Fatal(err)
	}
	list := []string{
		string(payment), edition,
		"# T\n\n> - 500 on POST /things and on POST /api/v1/things.\n> - POST /things is slow\n>\n> ```bash\n> curl http://h:1/api/v1/things\n> ```\n",
		"# T\n## Contents\n1. [A](#a)\n   - [B](#bb-x)\n\n## A\n### BB x\n## B\n",
		"# T\n\n1. Look:\n\n   ```bash title=bash\n   probe:\n     path: /x\n   ```\n2. ```bash\n   probe:\n     path: /x\n   ```\n",
		"# T\r\n```bash\r\nkubectl get pods -n x\r\nkubectl logs a -n x\r\nkubectl logs b | grep kubectl\r\ncurl -X GET /a && curl http://h:1/a\r\n```\r\n",
		"# T\n```bash\ncurl http://h:1/x | jq\n\n# Expected output:\n# {\n#   \"a\": 1\n# }\n\n# and then\nls -l\n```\n",
	}
	for _, r := range rules {
		list = append(list, r.bad, r.good)
	}
	return list
}

// outside are the statements of a document but those in a range of lines, with
// what does not depend on their place.
func outside(d *document.Document, from, to int) []string {
	var list []string
	for _, s := range d.Statements {
		if s.Line < from || s.Line >= to {
			list = append(list, fmt.Sprintf("%s %q %q %v", s.Kind, s.Text, s.Purpose, s.Sections))
		}
	}
	sort.Strings(list)
	return list
}

// TestAFixChangesNothingElse: each change leaves every statement outside of its
// lines as it was.
func TestAFixChangesNothingElse(t *testing.T) {
	fixed := 0
	for _, text := range fixable(t) {
		for _, f := range lint.Fixes(lint.Run(input(text), lint.Rules())) {
			after, made := fix.Apply([]byte(text), []ledger.Fix{f})
			if made != 1 {
				t.Errorf("%+v is not made", f)
				continue
			}
			fixed++
			old, now := strings.Count(f.Old, "\n")+1, strings.Count(f.New, "\n")+1
			had, has := document.Parse([]byte(text)), document.Parse(after)
			if a, b := outside(had, f.Line, f.Line+old), outside(has, f.Line, f.Line+now); strings.Join(a, "\n") != strings.Join(b, "\n") {
				t.Errorf("%+v changes more than its lines:\n%s\n\n%s", f, strings.Join(a, "\n"), strings.Join(b, "\n"))
			}
			if len(has.Problems) > len(had.Problems) {
				t.Errorf("%+v breaks: %+v", f, has.Problems)
			}
		}
	}
	if fixed < 10 {
		t.Errorf("only %d fixes were tried", fixed)
	}
}

func find(text []byte) []ledger.Fix { return lint.Fixes(lint.Run(input(string(text)), lint.Rules())) }

// TestFixingTwiceIsFixingOnce, for documents that were mutated as well.
func TestFixingTwiceIsFixingOnce(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for _, text := range fixable(t) {
		for n := range 4 {
			if n > 0 {
				lines := strings.SplitAfter(text, "\n")
				i, j := draw.IntN(len(lines)), draw.IntN(len(lines))
				lines[i], lines[j] = lines[j], lines[i]
				text = strings.Join(lines, "")
			}
			once, _ := fix.Until([]byte(text), find)
			if twice, made := fix.Until(once, find); made > 0 {
				t.Errorf("fixed again:\n%s\n\n%s", once, twice)
			}
		}
	}
}

// TestWhatIsNotCertainIsNotFixed: where the old text stands twice in its line,
// the change could meet the wrong one.
func TestWhatIsNotCertainIsNotFixed(t *testing.T) {
	for _, text := range []string{
		"500 on POST /api/v1/things, or on POST /things.\n```bash\ncurl http://h:1/api/v1/things\n```\n",
		"```bash title=bash\nprobe:\n  path: /x\n```\n",
		"# A\n## Grafana\n## Other\n[x](#grafana-dashboards)\n",
	} {
		if after, made := fix.Until([]byte(text), find); made > 0 {
			t.Errorf("%d made:\n%s", made, after)
		}
	}
}

// FuzzFix: whatever the text is, rules and fixes end, in time, and a fixed
// document is a document.
func FuzzFix(f *testing.F) {
	for _, r := range rules {
		f.Add(r.bad[:min(len(r.bad), 2000)])
	}
	f.Add("```\ncurl ://0/")
	f.Fuzz(func(t *testing.T, text string) {
		begin := time.Now()
		once, _ := fix.Until([]byte(text), find)
		document.Parse(once)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%d bytes took %s", len(text), took)
		}
	})
}
