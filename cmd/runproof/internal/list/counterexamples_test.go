package list

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
)

// TestEveryCounterExampleIsShown: those on record and no others, each with the
// scenario that found it.
func TestEveryCounterExampleIsShown(t *testing.T) {
	var out bytes.Buffer
	if err := run(Options{What: "counterexamples", Output: "json"}, &out); err != nil {
		t.Fatal(err)
	}
	var rows []counterRow
	if err := json.Unmarshal(out.Bytes(), &rows); err != nil {
		t.Fatal(err)
	}
	known := runbook.CounterExamples()
	seen := 0
	for _, r := range rows {
		if r.CounterExample != known.First(r.Claim) {
			t.Errorf("%s: %q, on record is %q", r.Claim, r.CounterExample, known.First(r.Claim))
		}
		if r.CounterExample != "" {
			seen++
		}
		if len(r.Scenarios) == 0 {
			t.Errorf("%s has a counter-example and no scenario that could have found it", r.Claim)
		}
	}
	if seen != len(known) || seen == 0 {
		t.Errorf("%d shown, %d on record", seen, len(known))
	}
}
