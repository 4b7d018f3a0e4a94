package reports_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// TestJSONRoundTrip reads back what was written, and writes it again.
func TestJSONRoundTrip(t *testing.T) {
	for name, r := range map[string]ledger.RunResult{"mixed": mixed(), "hostile": run(failed(hostile))} {
		one, err := reports.JSON(r)
		if err != nil {
			t.Fatal(err)
		}
		back, err := reports.Parse(one)
		if err != nil {
			t.Fatal(err)
		}
		two, err := reports.JSON(back)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one, two) {
			t.Errorf("%s: not the same after a round trip", name)
		}
		if got, want := back.Results[0].Outcomes[0].After, r.Results[0].Outcomes[0].After; got != want {
			t.Errorf("%s: after is %s, not %s", name, got, want)
		}
		if !reflect.DeepEqual(back.Provenance, r.Provenance) || !reflect.DeepEqual(back.Verdicts(), r.Verdicts()) {
			t.Errorf("%s: provenance or verdicts were lost", name)
		}
	}
}

// TestReportsAreTheSameFromDisk makes each report again from result.json, as
// `runproof report` does; also where there were bytes that JSON cannot keep. A bundle
// makes all of them from what it has written.
func TestReportsAreTheSameFromDisk(t *testing.T) {
	for name, r := range map[string]ledger.RunResult{"mixed": mixed(), "hostile": everywhere(hostile)} {
		text, err := reports.JSON(r)
		if err != nil {
			t.Fatal(err)
		}
		back, err := reports.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		text, err = reports.JSON(back)
		if err != nil {
			t.Fatal(err)
		}
		again, err := reports.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range reports.All() {
			one, _ := f.Render(reports.Run{Result: back})
			if two, _ := f.Render(reports.Run{Result: again}); !bytes.Equal(one, two) {
				t.Errorf("%s: %s made again from disk is another one", name, f.Name)
			}
		}
	}
}

func TestJSONHasNoNullList(t *testing.T) {
	text, err := reports.JSON(ledger.RunResult{ID: "x", Results: []judge.Result{{Scenario: "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "null") {
		t.Errorf("null in:\n%s", text)
	}
	r := ledger.RunResult{ID: "x", Results: []judge.Result{{Scenario: "a"}}}
	if _, _ = reports.JSON(r); r.Results[0].Claims != nil {
		t.Error("rendering changed the result")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"", "{", "[]", "{}", `{"id":"x"}`, `{"format":1,"id":"x"}`, `{"format":3,"id":""}`, `{"format":3,"id":"x","results":"none"}`} {
		if _, err := reports.Parse([]byte(text)); err == nil || !strings.HasPrefix(err.Error(), "result.json") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
