package verify

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// progress prints a line for each thing that a person who waits wants to know.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	began time.Time
}

func newProgress(out io.Writer) *progress { return &progress{out: out, began: time.Now()} }

func (p *progress) line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.out, "%6.1fs  %s\n", time.Since(p.began).Seconds(), screen.Line(fmt.Sprintf(format, args...)))
}

func (p *progress) step(which record.Playing, what, detail string) {
	p.line("%-18s %-9s %s", nameOf(which), what, detail)
}

func (p *progress) verdict(which record.Playing, r judge.Result) {
	p.line("%-18s %s", nameOf(which), r.Verdict)
}

func (p *progress) retry(which record.Playing, r judge.Result) {
	p.line("%-18s %s, will be retried: %s", nameOf(which), r.Verdict, r.Reason)
}

// nameOf is a playing as a person who waits tells it from the others.
func nameOf(which record.Playing) string {
	if which.Baseline {
		return which.Scenario + " (baseline)"
	}
	return which.Scenario
}

// announcer tells of a scenario's course and passes its events on.
type announcer struct {
	which record.Playing
	next  record.Keeper
	say   *progress

	mu       sync.Mutex
	reported map[string]bool // witness reports printed already
}

// Keep implements record.Keeper.
func (a *announcer) Keep(e record.Event) record.Event {
	e = a.next.Keep(e)
	switch e.Kind {
	case record.EventPhase:
		switch e.Phase {
		case scenarios.PhaseSteady, scenarios.PhaseAfter:
			a.say.step(a.which, string(e.Phase), "")
		}
	case record.EventInject:
		a.say.step(a.which, "inject", e.Text+failure(e.Err))
	case record.EventHeal:
		a.say.step(a.which, "heal", failure(e.Err))
	case record.EventWitnessReport:
		a.witness(e)
	}
	return e
}

// witness prints the first clear report of a witness in each phase.
func (a *announcer) witness(e record.Event) {
	if e.WitnessReport == nil || e.WitnessReport.Presence == record.Unknown {
		return
	}
	key := fmt.Sprint(e.Phase, e.Stage, e.WitnessReport.Presence)
	a.mu.Lock()
	before := a.reported[key]
	if a.reported == nil {
		a.reported = map[string]bool{}
	}
	a.reported[key] = true
	a.mu.Unlock()
	if !before {
		a.say.step(a.which, "witness", e.WitnessReport.String())
	}
}

func failure(err string) string {
	if err == "" {
		return ""
	}
	return " failed: " + err
}
