package gameday

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Line is one line of a score: points out of so many, and why.
type Line struct {
	Name   string `json:"name"`
	Points int    `json:"points"`
	Of     int    `json:"of"` // zero: points can only be lost
	Why    string `json:"why"`
}

// Score is the lines. A sum says nothing without them.
type Score []Line

// Sum is points and what could be had.
func (s Score) Sum() (points, of int) {
	for _, l := range s {
		points += l.Points
		of += l.Of
	}
	return points, of
}

// What a line is worth, and what is lost by what.
const (
	pointsAcknowledge = 15
	pointsSeverity    = 10
	pointsSection     = 20
	pointsDiagnose    = 10
	pointsMitigate    = 25
	pointsDeclare     = 10
	pointsRunbook     = 10

	lostByHarm    = 5
	lostByIdle    = 2
	lostByWrite   = 10
	mostByWrites  = 100 // all that a game is worth: what goes on being lost says no more
	lostByHint    = 5
	lostByMistake = 5
)

// Par is the harness's own best time for a scenario: that of the bot that follows
// the runbook, from the page until the fault was gone, in real time. Zero: unknown.
func Par(scenario string, before []Record) (best time.Duration) {
	for _, r := range before {
		m := r.Milestones()
		if r.Bot != BotRunbook || r.Scenario() != scenario || m.Gone.IsZero() || m.Paged.IsZero() {
			continue
		}
		if took := r.Elapsed(m.Paged, m.Gone); took > 0 && (best == 0 || took < best) {
			best = took
		}
	}
	return best
}

// The bots.
const (
	BotRunbook = "runbook"
	BotIdle    = "idle"
	BotRestart = "restart"
)

// NothingLeft is what a bot notes once it has done all that the runbook says, in vain.
const NothingLeft = "nothing is left to do"

// BotFinished says whether a bot came to the end of what it does: one whose game
// was over before, or in which no fault was in effect, has shown nothing.
func (r Record) BotFinished() bool {
	switch {
	case r.Outcome != Resolved && r.Outcome != TimeOver, r.Milestones().Witnessed.IsZero():
		return false
	case r.Bot != BotRunbook || !r.Milestones().Gone.IsZero():
		return true
	}
	for _, e := range r.Events {
		if e.Kind == Noted && e.Text == NothingLeft {
			return true
		}
	}
	return false
}

// Scenario is the first that was drawn.
func (r Record) Scenario() string {
	if len(r.Sealed.Draw.Plays) == 0 {
		return ""
	}
	return r.Sealed.Draw.Plays[0].Scenario
}

// Severity is that of the gravest fault that was drawn.
func (r Record) Severity() scenarios.Severity {
	var gravest scenarios.Severity
	for _, p := range r.Sealed.Draw.Plays {
		if gravest == "" || p.Severity < gravest {
			gravest = p.Severity
		}
	}
	return gravest
}

// ResponseTime is how soon somebody must answer, in real time.
func (r Record) ResponseTime() time.Duration {
	response, said := r.Book.Response[r.Severity()]
	if !said {
		response = DefaultResponse[r.Severity()]
	}
	return r.Sealed.Draw.Rules.Real(response)
}

// Score explains how the players did. Par is the best known time from the page to
// the end of the fault; zero: unknown.
func (r Record) Score(par time.Duration) Score {
	m := r.Milestones()
	limit := r.ResponseTime()
	s := Score{
		r.timed("acknowledged", pointsAcknowledge, m.Paged, m.Acknowledged, limit, "the response time of "+string(r.Severity())),
		r.severityLine(),
		r.sectionLine(m),
		r.diagnosedLine(m, limit),
	}
	allowed, than := limit, "the response time of "+string(r.Severity())
	if par > 0 {
		allowed, than = limit+par, fmt.Sprintf("the response time and the runbook's own %s", rounded(par))
	}
	gone := m.Gone
	if r.healedByGame() {
		gone = time.Time{}
	}
	s = append(s, r.timed("fault ended", pointsMitigate, m.Paged, gone, allowed, than), r.declareLine(m))
	return append(s, r.runbookLine(), r.harmLine(), r.hintLine())
}

// timed gives all points within the time that is allowed, none beyond twice as
// long, and a share in between.
func (r Record) timed(name string, of int, from, to time.Time, allowed time.Duration, than string) Line {
	l := Line{Name: name, Of: of}
	if from.IsZero() || to.IsZero() {
		l.Why = "never"
		return l
	}
	took := max(0, r.Elapsed(from, to))
	late := float64(took-allowed) / float64(max(allowed, 1))
	l.Points = int(float64(of) * min(1, max(0, 1-late)))
	l.Why = fmt.Sprintf("%s after the page; allowed were %s, %s", rounded(took), rounded(allowed), than)
	return l
}

func rounded(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Second)
}

func (r Record) severityLine() Line {
	l := Line{Name: "severity", Of: pointsSeverity, Why: "nobody said one"}
	for _, e := range r.Events {
		if e.Kind != Acknowledged || e.Severity == "" {
			continue
		}
		l.Why = fmt.Sprintf("%s was said, %s is right", e.Severity, r.Severity())
		l.Points = 0
		if e.Severity == r.Severity() {
			l.Points = l.Of
		}
	}
	return l
}

// answerable says whether the runbook has a section that players could name: one
// that it lacks costs them nothing.
func (r Record) answerable() bool {
	for _, p := range r.Sealed.Draw.Plays {
		if _, found := r.Book.Section(p.Section); found {
			return true
		}
	}
	return false
}

func (r Record) sectionLine(m Milestones) Line {
	l := Line{Name: "section of the runbook", Of: pointsSection}
	switch {
	case !r.answerable():
		l.Of, l.Why = 0, fmt.Sprintf("the runbook has no section %q, so nobody could name it", r.section())
	case m.Diagnosed.IsZero():
		l.Why = fmt.Sprintf("not found; right is %q; named instead: %d", r.section(), m.WrongDiagnoses)
	default:
		l.Points = max(0, l.Of-lostByMistake*m.WrongDiagnoses)
		l.Why = fmt.Sprintf("%q; wrong ones before: %d", r.section(), m.WrongDiagnoses)
	}
	return l
}

func (r Record) diagnosedLine(m Milestones, limit time.Duration) Line {
	if !r.answerable() {
		return Line{Name: "diagnosed", Why: "the runbook lacks the section"}
	}
	return r.timed("diagnosed", pointsDiagnose, m.Paged, m.Diagnosed, limit, "the response time of "+string(r.Severity()))
}

func (r Record) declareLine(m Milestones) Line {
	l := Line{Name: "declared resolved", Of: pointsDeclare}
	switch {
	case m.Declared.IsZero():
		l.Why = fmt.Sprintf("never while it was true; too early: %d", m.EarlyDeclarations)
	default:
		l.Points = max(0, l.Of-lostByMistake*m.EarlyDeclarations)
		l.Why = fmt.Sprintf("%s after the service had recovered; too early before: %d", rounded(r.Elapsed(m.Recovery, m.Declared)), m.EarlyDeclarations)
	}
	return l
}

func (r Record) runbookLine() Line {
	l := Line{Name: "runbook followed", Of: pointsRunbook}
	printed, all := 0, 0
	for _, e := range r.Effects() {
		if all++; e.Printed > 0 {
			printed++
		}
	}
	if all == 0 {
		l.Why = "nobody did anything"
		return l
	}
	l.Points = l.Of * printed / all
	l.Why = fmt.Sprintf("%d of %d actions are printed in it", printed, all)
	return l
}

func (r Record) harmLine() Line {
	harmful, idle, lost := 0, 0, 0
	for _, e := range r.Effects() {
		switch e.Change {
		case Harmful:
			harmful++
		case Idle:
			idle++
		case Read, Heals:
		}
	}
	if n := len(r.Samples); n > 0 {
		lost = r.Samples[n-1].Lost
	}
	points := -lostByHarm*harmful - lostByIdle*idle
	if harmful+idle > 0 {
		points -= min(lostByWrite*lost, mostByWrites) // the fault's own losses are nobody's
	}
	return Line{
		Name: "harm", Points: points,
		Why: fmt.Sprintf("harmful actions: %d (%d points each); without effect: %d (%d each); reads that missed an acknowledged row: %d", harmful, lostByHarm, idle, lostByIdle, lost),
	}
}

func (r Record) hintLine() Line {
	n := 0
	for _, e := range r.Events {
		if e.Kind == Hinted {
			n++
		}
	}
	return Line{Name: "hints", Points: -lostByHint * n, Why: fmt.Sprintf("given: %d (%d points each)", n, lostByHint)}
}

// healedByGame says that the game lifted a fault at its end.
func (r Record) healedByGame() bool {
	for _, e := range r.Events {
		if e.Kind == Healed {
			return true
		}
	}
	return false
}
