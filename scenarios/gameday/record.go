package gameday

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Record is what was written down of a game.
type Record struct {
	ID     string `json:"id"`
	Suite  string `json:"suite"` // version of runproof
	Target string `json:"target"`
	Bot    string `json:"bot,omitempty"` // who played instead of people
	// Published is the hash that was made known at the beginning.
	Published string    `json:"published"`
	Sealed    Sealed    `json:"sealed"`
	Book      Book      `json:"book"`
	Began     time.Time `json:"began"`
	Ended     time.Time `json:"ended"`
	Outcome   Outcome   `json:"outcome"`
	// Reason says more of an outcome.
	Reason  string   `json:"reason,omitempty"`
	Events  []Event  `json:"events"`
	Samples []Sample `json:"samples"`
}

// Outcome is how a game ended. The zero value is one that nobody ended: the
// harness was killed.
type Outcome string

// The outcomes.
const (
	Killed   Outcome = ""
	Resolved Outcome = "resolved"
	TimeOver Outcome = "time over"
	Aborted  Outcome = "aborted"
)

// String says how it ended.
func (o Outcome) String() string {
	if o == Killed {
		return "killed"
	}
	return string(o)
}

// Kind is what an event is.
type Kind string

// The events of the truth.
const (
	Injected  Kind = "injected"
	Witnessed Kind = "witnessed"
	Symptom   Kind = "symptom"   // the first that is visible outside
	LogLine   Kind = "log line"  // the first that is a warning or an error
	Gone      Kind = "gone"      // the witness no longer reports the fault
	Healthy   Kind = "recovered" // so many healthy samples in a row
	DecoyShow Kind = "decoy"
	Healed    Kind = "healed" // by the game, at its end
	Trouble   Kind = "trouble"
)

// The events of people.
const (
	Paged        Kind = "paged"
	Acknowledged Kind = "acknowledged"
	Diagnosed    Kind = "diagnosed"
	Acted        Kind = "acted"
	Reported     Kind = "reported" // what they say that they did
	Noted        Kind = "noted"
	Posted       Kind = "posted" // in the team's channel: a deployment, a contact's answer
	Declared     Kind = "declared resolved"
	Hinted       Kind = "hint"
	PausedClock  Kind = "paused"
	ResumedClock Kind = "resumed"
)

// Public says that players may know of an event of the kind.
func (k Kind) Public() bool {
	switch k {
	case Paged, Acknowledged, Diagnosed, Acted, Reported, Noted, Posted, Declared, Hinted, PausedClock, ResumedClock:
		return true
	case Injected, Witnessed, Symptom, LogLine, Gone, Healthy, DecoyShow, Healed, Trouble:
	}
	return false
}

// Who an event is of, where it is nobody who plays.
const (
	ByGame        = "game"
	ByFacilitator = "facilitator"
)

// Event is one thing that happened.
type Event struct {
	At       time.Time          `json:"at"`
	Kind     Kind               `json:"kind"`
	By       string             `json:"by,omitempty"`
	Text     string             `json:"text,omitempty"`
	Scenario string             `json:"scenario,omitempty"` // of a fault
	Section  string             `json:"section,omitempty"`  // of the runbook, as said by a player
	Severity scenarios.Severity `json:"severity,omitempty"` // as said by a player
	Action   *Action            `json:"action,omitempty"`
}

// Action is what somebody did to the service or its parts.
type Action struct {
	// Text is the command, or restart, scale N, fallback, escalate NAME.
	Text string `json:"text"`
	// Changes says that it may change something; else it only reads.
	Changes bool          `json:"changes"`
	Took    time.Duration `json:"took"`
	Output  string        `json:"output,omitempty"`
	Err     string        `json:"err,omitempty"`
}

// Sample is the state of the world at one time.
type Sample struct {
	At    time.Time `json:"at"`
	Live  int       `json:"live"`  // status; zero: no answer
	Ready int       `json:"ready"` // status; zero: no answer
	// Sent, Failed, Lost and Foreign count requests of the load since its beginning:
	// sent, answered other than by a healthy service, answered as if an acknowledged
	// row were not there, answered with another tenant's data.
	Sent    int `json:"sent"`
	Failed  int `json:"failed"`
	Lost    int `json:"lost"`
	Foreign int `json:"foreign"`
	// Rate is in requests a second over the last ten seconds, with percentiles.
	Rate float64       `json:"rate"`
	P50  time.Duration `json:"p50"`
	P95  time.Duration `json:"p95"`
	P99  time.Duration `json:"p99"`
}

// ok is the status of a healthy probe.
const ok = 200

// Healthy says that both probes answer as they should.
func (s Sample) Healthy() bool { return s.Live == ok && s.Ready == ok }

// Elapsed is from one time to another on the clock that a facilitator can pause.
func (r Record) Elapsed(from, to time.Time) time.Duration {
	took := to.Sub(from)
	var since time.Time
	for _, e := range append(slices.Clone(r.Events), Event{Kind: ResumedClock, At: to}) {
		switch {
		case e.Kind == PausedClock && since.IsZero():
			since = e.At
		case e.Kind == ResumedClock && !since.IsZero():
			begin, end := later(since, from), earlier(e.At, to)
			took -= max(0, end.Sub(begin))
			since = time.Time{}
		}
	}
	return took
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// between are the samples from one time to another.
func (r Record) between(from, to time.Time) (list []Sample) {
	for _, s := range r.Samples {
		if !s.At.Before(from) && !s.At.After(to) {
			list = append(list, s)
		}
	}
	return list
}
