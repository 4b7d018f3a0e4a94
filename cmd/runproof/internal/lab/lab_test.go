package lab

import (
	"bytes"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/prompt"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/scenarios/fault"
)

func TestALineIsCompleted(t *testing.T) {
	l := &lab.Lab{Catalogue: lab.Catalogue{
		{Scenario: "redis-slow", Fault: fault.Slow(fault.Redis, 1)},
		{Scenario: "redis-refused", Fault: fault.Refuse(fault.Redis)},
	}}
	for line, want := range map[string]string{
		"inj":                 "inject ",
		"inject redis-s":      "inject redis-slow ",
		"inject red":          "inject redis-",
		"inject latency red":  "inject latency redis ",
		"h":                   "h", // heal, help, history
		"inject nothing-here": "inject nothing-here",
		"logs ":               "logs -f ",
	} {
		if got, _ := prompt.Complete(line, possible(l, line)); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

func TestTheSkeletonIsGo(t *testing.T) {
	var out bytes.Buffer
	err := skeletonText.Execute(&out, map[string]any{
		"ID": "my-game", "Name": "MyGame", "Remedies": "restart",
		"Faults": []fault.Fault{fault.Refuse(fault.Postgres), fault.Fail(fault.Venue, 503), fault.Slow(fault.Redis, 1e9)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "my_game.go", &out, parser.AllErrors); err != nil {
		t.Error(err)
	}
}

func TestAWrongCommandIsAUsageError(t *testing.T) {
	for line, want := range map[string]string{
		"explode":      "no such command",
		"heal 1 2":     "usage: heal [ID]",
		"heal x":       "want the id",
		"load fast":    "want requests a second",
		"load 100000":  "want requests a second",
		"scale none":   "want 1 to 8",
		"inject":       "usage: inject FAULT",
		"record x":     "no fault was injected",
		"record Bad_N": "want a name like",
		"logs -n":      "it takes -f alone",
	} {
		err := execute(t.Context(), &lab.Lab{}, strings.Fields(line), &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
}
