package progress

import (
	"fmt"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// follower tells of one playing's course and passes its events on.
type follower struct {
	p    *Progress
	now  *playing
	next record.Keeper
}

// Keep implements record.Keeper.
func (f *follower) Keep(e record.Event) record.Event {
	e = f.next.Keep(e)
	switch e.Kind {
	case record.EventPhase:
		f.doing(phases[e.Phase])
		switch e.Phase {
		case scenarios.PhaseSteady, scenarios.PhaseAfter:
			f.step(string(e.Phase), "")
		}
	case record.EventInject:
		f.doing("fault: " + e.Text)
		f.step("inject", e.Text+failure(e.Err))
	case record.EventHeal:
		f.step("heal", failure(e.Err))
	case record.EventWitnessReport:
		f.witness(e)
	}
	return e
}

// phases are the phases as a person is told of them; in the others what was said of
// the one before goes on.
var phases = map[scenarios.Phase]string{
	scenarios.PhaseProve:    "checking the stack",
	scenarios.PhaseStart:    "starting the service",
	scenarios.PhaseSteady:   "steady state",
	scenarios.PhaseBefore:   "before the fault",
	scenarios.PhaseHeal:     "lifting the fault",
	scenarios.PhaseAfter:    "recovery",
	scenarios.PhaseAudit:    "reconciling the writes",
	scenarios.PhaseProperty: "properties",
	scenarios.PhaseRemedy:   "remedy",
	scenarios.PhaseRemedied: "recovery after the remedy",
}

func (f *follower) doing(what string) {
	if what == "" {
		return
	}
	f.p.mu.Lock()
	defer f.p.mu.Unlock()
	f.now.doing = what
}

// step is a line of its own, where no block shows the same.
func (f *follower) step(what, detail string) {
	if f.p.out.Live() {
		return
	}
	f.p.tell(screen.Plain, "%-18s %-9s %s", f.now.name, what, detail)
}

// witness tells the first clear report of a witness in each phase.
func (f *follower) witness(e record.Event) {
	if e.WitnessReport == nil || e.WitnessReport.Presence == record.Unknown {
		return
	}
	key := fmt.Sprint(e.Phase, e.Stage, e.WitnessReport.Presence)
	f.p.mu.Lock()
	before := f.now.reported[key]
	f.now.reported[key] = true
	f.p.mu.Unlock()
	if !before {
		f.step("witness", e.WitnessReport.String())
	}
}

func failure(err string) string {
	if err == "" {
		return ""
	}
	return " failed: " + err
}
