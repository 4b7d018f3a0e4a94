package gameday

import (
	"fmt"
	"time"
)

// Change is what an action did.
type Change string

// The changes, as of a remedy's trial.
const (
	Read    Change = "read only"
	Heals   Change = "healed"
	Idle    Change = "idle"
	Harmful Change = "harmful"
)

// Effect is what one action changed, by the witness and by what was measured
// before and after.
type Effect struct {
	Event  Event  `json:"event"`
	Change Change `json:"change"`
	Why    string `json:"why"`
	// Printed is the line of the runbook that says so; zero: none does.
	Printed int    `json:"printed,omitempty"`
	Section string `json:"section,omitempty"` // of that line
}

const (
	// settles is how long after its end an action may take to show: a witness
	// needs three reports, half a second apart, and a service its pool's retry.
	settles = 5 * time.Second
	// harm is by how much the share of failed requests, or of failed probes, must
	// grow: a fifth is no chance at ten requests a second over five seconds.
	harm = 0.2
)

// Effects lists every action with what it changed.
func (r Record) Effects() (list []Effect) {
	m := r.Milestones()
	for i, e := range r.Events {
		if e.Kind != Acted || e.Action == nil {
			continue
		}
		effect := Effect{Event: e}
		effect.Change, effect.Why = r.changed(i, m)
		if c, printed := r.Book.Printed(e.Action.Text, r.section()); printed {
			effect.Printed, effect.Section = c.Line, c.Section
		} else if c, isContact := r.contact(e.Action.Text); isContact {
			effect.Printed, effect.Section = c.Line, "contacts"
		}
		list = append(list, effect)
	}
	return list
}

func (r Record) section() string {
	if len(r.Sealed.Draw.Plays) == 0 {
		return ""
	}
	return r.Sealed.Draw.Plays[0].Section
}

func (r Record) contact(action string) (Contact, bool) {
	const escalate = "escalate "
	if len(action) <= len(escalate) || action[:len(escalate)] != escalate {
		return Contact{}, false
	}
	return r.Book.Contact(action[len(escalate):])
}

func (r Record) changed(at int, m Milestones) (Change, string) {
	e := r.Events[at]
	if !e.Action.Changes {
		return Read, "it changes nothing"
	}
	ended := e.At.Add(e.Action.Took)
	next := r.nextChange(at)
	for _, gone := range r.Events {
		if gone.Kind == Gone && !gone.At.Before(e.At) && !gone.At.After(ended.Add(settles)) && (next.IsZero() || gone.At.Before(next)) {
			return Heals, fmt.Sprintf("%s was gone %s later", gone.Text, gone.At.Sub(e.At).Round(time.Millisecond))
		}
	}
	begin := e.At.Add(-settles)
	if !m.Injected.IsZero() && m.Injected.Before(e.At) {
		begin = later(begin, later(m.Injected, m.Symptom))
	}
	before, after := r.between(begin, e.At), r.between(e.At, ended.Add(settles))
	failed := failedShare(after) - failedShare(before)
	probes := unhealthyShare(after) - unhealthyShare(before)
	switch {
	case len(before) < 2 || len(after) < 2:
		return Idle, "too little was measured around it"
	case failed >= harm:
		return Harmful, fmt.Sprintf("failed requests %.0f %% before, %.0f %% after", 100*failedShare(before), 100*failedShare(after))
	case probes >= harm:
		return Harmful, fmt.Sprintf("failed health probes %.0f %% before, %.0f %% after", 100*unhealthyShare(before), 100*unhealthyShare(after))
	}
	return Idle, fmt.Sprintf("failed requests %.0f %% before, %.0f %% after", 100*failedShare(before), 100*failedShare(after))
}

// nextChange is when somebody changed something next.
func (r Record) nextChange(at int) time.Time {
	for _, e := range r.Events[at+1:] {
		if e.Kind == Acted && e.Action != nil && e.Action.Changes {
			return e.At
		}
	}
	return time.Time{}
}

func failedShare(list []Sample) float64 {
	if len(list) < 2 {
		return 0
	}
	first, last := list[0], list[len(list)-1]
	if last.Sent <= first.Sent {
		return 0
	}
	return min(1, float64(last.Failed-first.Failed)/float64(last.Sent-first.Sent))
}

func unhealthyShare(list []Sample) float64 {
	if len(list) == 0 {
		return 0
	}
	n := 0
	for _, s := range list {
		if !s.Healthy() {
			n++
		}
	}
	return float64(n) / float64(len(list))
}
