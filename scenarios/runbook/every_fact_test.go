package runbook_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// TestEveryFactCounts changes every fact of every claimed sentence, field and
// setting, one at a time: the claims of the statement must notice, and nobody
// else may.
func TestEveryFactCounts(t *testing.T) {
	everyFact(t, runbook.Edition())
}

func TestEveryFactOfTheOriginalCounts(t *testing.T) {
	everyFact(t, original(t))
}

func everyFact(t *testing.T, source []byte) {
	d := document.Parse(source)
	before := runbook.BindDocument(d)
	tried := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if len(before.Of(i)) == 0 {
			continue
		}
		for _, change := range changes(*s) {
			tried++
			was := *s
			*s = change
			after := runbook.BindDocument(d)
			*s = was
			noticed := false
			for n, b := range after.Bindings {
				mine := before.Bindings[n].Statement == i
				switch {
				case mine && b.State == binding.Stale:
					noticed = true
				case !mine && b.State != before.Bindings[n].State:
					t.Errorf("line %d, %q for %q: %s is %s by it: %q became %q", s.Line, change.Text, s.Text, b.Claim.ID, b.State, b.Old, b.New)
				}
			}
			if !noticed {
				t.Errorf("line %d: nobody noticed %q for %q", s.Line, change.Text, s.Text)
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d facts were tried", tried)
	}
	t.Logf("%d facts changed one by one", tried)
}

// changes are the statement with one fact replaced, for each of its facts.
func changes(s document.Statement) []document.Statement {
	var list []document.Statement
	switch s.Kind {
	case document.Command, document.Query:
		for _, word := range strings.Fields(s.Text) {
			// A query with a broken verb is no other query, but none.
			if bare := strings.Trim(word, `"';|`); len(bare) > 1 && bare != "SELECT" && bare != "SET" && bare[0] != '-' && !strings.Contains(bare, "(") {
				changed := s
				changed.Text = strings.Replace(s.Text, bare, bare+"x", 1)
				list = append(list, changed)
			}
		}
	case document.Output, document.Setting:
		changed := s
		changed.Value += "!"
		list = append(list, changed)
		renamed := s
		renamed.Key += "2"
		if _, example := map[string]bool{"version": true, "timestamp": true}[s.Key]; !example {
			list = append(list, renamed)
		}
	default:
		for _, f := range facts.Of(s.Text) {
			changed := s
			begin := strings.Index(s.Text[f.At:], f.Raw)
			if begin < 0 {
				continue
			}
			begin += f.At
			changed.Text = s.Text[:begin] + other(f) + s.Text[begin+len(f.Raw):]
			changed.Cells = strings.Split(changed.Text, " | ")
			list = append(list, changed)
		}
	}
	return list
}

// other is another fact of the same type.
func other(f facts.Fact) string {
	switch f.Type {
	case facts.Status:
		return "599"
	case facts.Number:
		return "77"
	case facts.Duration:
		return "77 minutes"
	case facts.Percent:
		return "7.7%"
	case facts.Version:
		return "7.7.7"
	case facts.Date:
		return "1977-07-07"
	case facts.Path:
		return "/elsewhere"
	case facts.Address:
		return "elsewhere:7777"
	}
	if f.Quoted {
		return fmt.Sprintf("x%sx", f.Raw)
	}
	return "OTHER_NAME"
}
