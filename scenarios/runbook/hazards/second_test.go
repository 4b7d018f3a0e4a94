package hazards_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/fix"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// second is a runbook of another service, written with mistakes in it before
// the rules were; what executing it showed is kept beside it (record/).
const second = "../testdata/payment-service"

// answer is a line that is wrong in a way that one of some rules must find, or
// one that looks wrong and is not. At is the end of what is found: the line of
// its last character counts.
type answer struct {
	At    string
	Rules []string
	// Not limits a trap to some rules: the line is wrong in other ways.
	Not  []string
	What string
	line int
}

// accepted are misses and false alarms that are known, with the reason.
var accepted = map[string]string{}

func TestTheSecondRunbook(t *testing.T) {
	text := read(t, "runbook.md")
	var answers struct{ Planted, Traps []answer }
	decode(t, "answers.json", &answers)
	place(t, text, answers.Planted)
	place(t, text, answers.Traps)
	if len(answers.Planted) < 25 || len(answers.Traps) < 10 {
		t.Errorf("only %d mistakes and %d traps", len(answers.Planted), len(answers.Traps))
	}

	type found struct {
		rule string
		line int
		text string
	}
	var list []found
	in := secondInput(t)
	for _, f := range lint.Run(lint.Input{Document: in.Document, Exists: func(string) bool { return false }}, lint.Rules()) {
		list = append(list, found{f.Rule, f.Line, f.Text})
	}
	for _, f := range hazards.Run(in) {
		list = append(list, found{f.Rule, f.Line, f.Saw})
	}

	hit, missed, alarms := 0, 0, 0
	for _, a := range answers.Planted {
		if slices.ContainsFunc(list, func(f found) bool { return f.line == a.line && slices.Contains(a.Rules, f.rule) }) {
			hit++
			continue
		}
		missed++
		if accepted[a.At] == "" {
			t.Errorf("missed, line %d: %s (%v)", a.line, a.What, a.Rules)
		}
	}
	for _, f := range list {
		if slices.ContainsFunc(answers.Planted, func(a answer) bool { return f.line == a.line && slices.Contains(a.Rules, f.rule) }) {
			continue
		}
		alarms++
		if accepted[f.text] == "" {
			t.Errorf("false alarm, line %d: %s: %s", f.line, f.rule, f.text)
		}
	}
	for _, a := range answers.Traps {
		for _, f := range list {
			if f.line == a.line && (len(a.Not) == 0 || slices.Contains(a.Not, f.rule)) {
				t.Errorf("in the trap, line %d: %s: %s: %s", a.line, a.What, f.rule, f.text)
			}
		}
	}
	t.Logf("%d planted: %d found, %d missed; %d traps; %d false alarms", len(answers.Planted), hit, missed, len(answers.Traps), alarms)
}

func secondInput(t *testing.T) hazards.Input {
	t.Helper()
	in := hazards.Input{Document: document.Parse([]byte(read(t, "runbook.md")))}
	decode(t, "executions.json", &in.Executions)
	var observed struct {
		Remedies  []hazards.Remedy
		Sightings []hazards.Sighting
		Measured  []hazards.Measured
	}
	decode(t, "observed.json", &observed)
	in.Remedies, in.Sightings, in.Measured = observed.Remedies, observed.Sightings, observed.Measured
	for _, m := range in.Measured {
		if !slices.ContainsFunc(in.Document.Statements, func(s document.Statement) bool { return s.Text == m.Text }) {
			t.Errorf("measured, and not in the runbook: %q", m.Text)
		}
	}
	return in
}

// TestTheRecordIsOfThisRunbook: every command of it was executed, as it is
// printed now.
func TestTheRecordIsOfThisRunbook(t *testing.T) {
	in := secondInput(t)
	for _, s := range in.Document.Statements {
		if s.Kind == document.Command && !strings.HasPrefix(s.Text, "export ") &&
			!slices.ContainsFunc(in.Executions, func(x scenarios.Execution) bool { return x.Command == s.Text }) {
			t.Errorf("line %d was never executed: %s", s.Line, s.Text)
		}
	}
}

func place(t *testing.T, text string, list []answer) {
	t.Helper()
	for i := range list {
		at := strings.Index(text, list[i].At)
		if at < 0 {
			t.Fatalf("the runbook has no %q", list[i].At)
		}
		list[i].line = strings.Count(text[:at+len(list[i].At)-1], "\n") + 1
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(second, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(read(t, name)), into); err != nil {
		t.Fatal(err)
	}
}

// TestFixedHazardsAreNotFound applies what the findings propose, and
// executes nothing anew: the fixed commands are other commands.
func TestFixedHazardsAreNotFound(t *testing.T) {
	in := secondInput(t)
	var fixes []ledger.Fix
	for _, f := range hazards.Run(in) {
		if f.Fix != nil {
			fixes = append(fixes, *f.Fix)
		}
	}
	fixed, made := fix.Apply([]byte(read(t, "runbook.md")), fixes)
	if made < 4 {
		t.Errorf("only %d fixed", made)
	}
	for _, want := range []string{
		"redis-cli --scan --pattern \"receipt:*\" | tr '\\n' '\\0' | xargs -0 -r -n 100 redis-cli UNLINK", "# What is going on?\n# Goes on until ^C\nredis-cli MONITOR",
		"   curl -sS http://bank-gateway:9000/health | jq", "tries again 20s after it opened; a trial",
	} {
		if !strings.Contains(string(fixed), want) {
			t.Errorf("no %q in the fixed runbook", want)
		}
	}
	in.Document = document.Parse(fixed)
	for _, f := range hazards.Run(in) {
		if f.Fix != nil {
			t.Errorf("line %d is found again: %s: %s", f.Line, f.Rule, f.Saw)
		}
	}
}
