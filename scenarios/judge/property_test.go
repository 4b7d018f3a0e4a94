package judge

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// TestABrokenPropertyFailsWhateverElseHeld: one breach, before or after, decides;
// what the harness could not check says nothing.
func TestABrokenPropertyFailsWhateverElseHeld(t *testing.T) {
	began := time.Now()
	at := func(when int, p scenarios.Property, o scenarios.Observation) record.Event {
		o.At = began.Add(time.Second)
		return record.Event{At: o.At, Kind: record.EventObservation, Phase: scenarios.PhaseProperty, Stage: when, Of: string(p), Observation: &o}
	}
	broken := scenarios.Observation{Breaches: []string{"a page is missing", "and another"}}
	blind := scenarios.Observation{Err: "no connection", Class: scenarios.ClassObserverError}
	ended := blind
	ended.Hopeless = "the service has exited with code 2"
	for name, c := range map[string]struct {
		events []record.Event
		want   map[string]string // reason by expectation; empty: held
	}{
		"all hold":          {[]record.Event{at(0, scenarios.Relations, scenarios.Observation{}), at(1, scenarios.Relations, scenarios.Observation{})}, map[string]string{"property: relations": ""}},
		"broken before":     {[]record.Event{at(0, scenarios.Relations, broken), at(1, scenarios.Relations, scenarios.Observation{})}, map[string]string{"property: relations": "before the first fault: a page is missing (and 1 more)"}},
		"broken after":      {[]record.Event{at(0, scenarios.Resources, scenarios.Observation{}), at(1, scenarios.Resources, broken)}, map[string]string{"property: resources": "after the last recovery: a page is missing (and 1 more)"}},
		"ended meanwhile":   {[]record.Event{at(1, scenarios.Resources, ended)}, map[string]string{"property: resources": "after the last recovery: the service has exited"}},
		"could not look":    {[]record.Event{at(0, scenarios.Relations, blind)}, map[string]string{}},
		"could not at last": {[]record.Event{at(0, scenarios.Relations, broken), at(1, scenarios.Relations, blind)}, map[string]string{"property: relations": "before the first fault: a page is missing (and 1 more)"}},
	} {
		j := newJudge(scenarios.Scenario{Fault: fault.Refuse(fault.Redis)}, scenarios.Verify, false, newTimeline(c.events))
		got := map[string]string{}
		for _, o := range j.properties() {
			got[o.Expectation] = o.Reason
			if o.Held != (o.Reason == "") || !o.selfEvident {
				t.Errorf("%s: held %v, reason %q, self-evident %v", name, o.Held, o.Reason, o.selfEvident)
			}
		}
		for what, want := range c.want {
			if reason, judged := got[what]; !judged || !strings.HasPrefix(reason, want) || (want == "") != (reason == "") {
				t.Errorf("%s: %s: %q, want %q", name, what, reason, want)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
		}
		unchecked := ""
		switch name {
		case "could not look":
			unchecked = "not checked: relations: no connection"
		case "ended meanwhile":
			unchecked = "not checked: resources: no connection"
		}
		if text := j.unchecked(); text != unchecked {
			t.Errorf("%s: %q, want %q", name, text, unchecked)
		}
	}
}
