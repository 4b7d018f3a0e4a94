// Package timeline makes one drawing of what was recorded while a scenario was played:
// the load's requests by route and tenant, the faults, the witness's reports, remedies
// and the host's stalls. A [Builder] takes the events one by one and keeps of each no
// more than is drawn; [Timeline.SVG] draws what is left.
package timeline

import (
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// Timeline is what is drawn of one playing. Its times count from Began.
type Timeline struct {
	Playing record.Playing
	// Began is when the first event was recorded.
	Began time.Time
	// From and To bound what is drawn: what a user, an operator or a witness notices.
	From, To time.Duration
	// Lanes are the load's requests by route, in the order of the routes' names.
	Lanes []Lane
	// Tenants are those of the load; a dot has a tenant's place in it.
	Tenants []scenarios.Caller
	// Omitted are requests that are not drawn, because there would be too many dots.
	Omitted  int
	Faults   []Span
	Remedies []Span
	Stalls   []Span
	Witness  []Report
	// Log is what the service logged around what decided.
	Log Excerpt
}

// Lane is what became of the requests of one route.
type Lane struct {
	Route        string
	Sent, Failed int
	Dots         []Dot
}

// Dot is one request.
type Dot struct {
	// At is when it left, Took how long it took.
	At, Took time.Duration
	Tenant   int
	Failed   bool
}

// Span is something that lasted. A fault is in force from Active to Ending; before and
// after that it was being injected and lifted.
type Span struct {
	From, Active, Ending, To time.Duration
	Text                     string
}

// Report is what a witness said.
type Report struct {
	At   time.Duration
	Said record.Presence
}

// Injected is when the first fault was in force, and Lifted when the last one began to
// be lifted; ok is false where there was none.
func (t Timeline) Injected() (at time.Duration, ok bool) {
	if len(t.Faults) == 0 {
		return 0, false
	}
	return t.Faults[0].Active, true
}

// Lifted is when the last fault began to be lifted; see Injected.
func (t Timeline) Lifted() (at time.Duration, ok bool) {
	if len(t.Faults) == 0 {
		return 0, false
	}
	return t.Faults[len(t.Faults)-1].Ending, true
}
