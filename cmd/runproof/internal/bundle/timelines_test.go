package bundle

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports/codec"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// TestWhatIsDrawnIsWhatWasRecorded: decoded in short, a recording makes the same timeline
// as decoded as a whole, whatever stands in its texts.
func TestWhatIsDrawnIsWhatWasRecorded(t *testing.T) {
	const hostile = `","sent":"2020-01-01T00:00:00Z","failed":true,"abandoned":true,"kind":"heal","hit":{` + "\u2028\n\"\\"
	at := func(s int) time.Time { return time.Unix(int64(s), 5).UTC() }
	var whole, short timeline.Builder
	for i, e := range []record.Event{
		{At: at(1), Kind: record.EventPhase, Phase: scenarios.PhaseSteady},
		{At: at(2), Kind: record.EventObservation, Observation: &scenarios.Observation{Body: hostile, Err: hostile}},
		{At: at(3), Kind: record.EventInject, Took: time.Second, Text: hostile},
		{At: at(4), Kind: record.EventHit, Hit: &record.Hit{Route: "GET /a", Kind: hostile, Sent: at(3), Done: at(4), Err: hostile, Exchange: &scenarios.Exchange{Body: hostile, Header: map[string]string{"Route": hostile}}}},
		{At: at(5), Kind: record.EventHit, Hit: &record.Hit{Route: hostile, Tenant: scenarios.OtherTenant, Sent: at(4), Done: at(5), Failed: true}},
		{At: at(6), Kind: record.EventHit, Hit: &record.Hit{Route: "GET /<a>", Tenant: scenarios.OtherTenant, Sent: at(4), Done: at(5), Failed: true}},
		{At: at(6), Kind: record.EventHit, Hit: &record.Hit{Route: "GET /a", Sent: at(5), Done: at(6), Abandoned: true}},
		{At: at(7), Kind: record.EventHeal, Took: time.Second},
		{At: at(8), Kind: record.EventBroken, Err: hostile},
	} {
		line, err := codec.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var all record.Event
		if err := codec.Unmarshal(line, &all); err != nil {
			t.Fatal(err)
		}
		few, err := drawn(line)
		if err != nil || few.Kind != all.Kind || !few.At.Equal(all.At) {
			t.Errorf("%d: %v %s, want %v %s: %v", i, few.At, few.Kind, all.At, all.Kind, err)
		}
		whole.Add(all)
		short.Add(few)
	}
	if want, got := whole.Timeline(record.Playing{}), short.Timeline(record.Playing{}); !reflect.DeepEqual(want, got) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for _, line := range []string{"", "{", `{"at":"2026","kind":"hit"`, `{"kind":"hit","at":3}`} {
		if _, err := drawn([]byte(line)); err == nil {
			t.Errorf("%q is decoded", line)
		}
	}
}

// TestARunHasItsTimelines, with the log around what decided, and of what no result is of none.
func TestARunHasItsTimelines(t *testing.T) {
	dir := twoPlayings(t,
		record.Event{At: time.Unix(10, 0).UTC(), Kind: record.EventPhase},
		record.Event{At: time.Unix(12, 0).UTC(), Kind: record.EventInject},
	)
	if err := os.WriteFile(filepath.Join(dir, "scenarios", "s", ServiceLog), []byte("1970-01-01T00:00:12.5Z stderr database unavailable\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	run, err := b.Run(ledger.RunResult{Results: []judge.Result{{Scenario: "s", Began: time.Unix(10, 0)}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Timelines) != 1 || len(run.Timelines[0].Log.Lines) != 1 || !strings.Contains(run.Timelines[0].Log.Lines[0].Text, "unavailable") {
		t.Errorf("%+v", run.Timelines)
	}
	if run, _ := b.Run(ledger.RunResult{Results: []judge.Result{{Scenario: "s", Began: time.Unix(11, 0)}}}); len(run.Timelines) != 0 {
		t.Errorf("a result of another playing has %+v", run.Timelines)
	}
}
