package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/gameday"
)

// gameView is a game as text, ready for whatever markup.
type gameView struct {
	Policy, Title, Headline, Class string
	Summary                        []string
	Lines                          []scoreView
	Total                          string
	Timeline                       []timelineView
	Effects                        []effectView
	Findings                       []string
	Impact                         []string
	Good, Actions                  []string
	Earlier                        []earlierView
	Seal                           []fact
	Chart                          *gameChart
}

type (
	scoreView    struct{ Name, Points, Why, Class string }
	timelineView struct{ At, Truth, People string }
	effectView   struct{ At, By, Action, Change, Class, Why, Printed string }
	earlierView  struct{ Began, Scenario, By, Outcome, Acknowledge, Diagnose, Gone, Score string }
)

func viewGame(g Game) gameView {
	r, m := g.Record, g.Milestones
	points, of := g.Score.Sum()
	v := gameView{
		Policy: ContentPolicy, Title: "Game day: " + line(r.Scenario()), Class: "open",
		Total: fmt.Sprintf("%d of %d", points, of), Findings: eachLine(g.Findings),
	}
	if r.Outcome == gameday.Resolved {
		v.Class = "good"
	}
	v.Headline = line(fmt.Sprintf("%s after %s", r.Outcome, duration(r.Elapsed(r.Began, r.Ended))))
	if r.Reason != "" {
		v.Headline += ": " + line(r.Reason)
	}
	for _, p := range r.Sealed.Draw.Plays {
		v.Summary = append(v.Summary, line(fmt.Sprintf("%s (%s): %s. Fault: %s. Runbook: %s.", p.Scenario, p.Severity, p.Title, p.Fault, p.Section)))
	}
	for _, l := range g.Score {
		s := scoreView{Name: l.Name, Points: fmt.Sprintf("%d of %d", l.Points, l.Of), Why: line(l.Why), Class: "open"}
		switch {
		case l.Of == 0:
			s.Points = fmt.Sprint(l.Points)
			s.Class = "good"
			if l.Points < 0 {
				s.Class = "bad"
			}
		case l.Points == l.Of:
			s.Class = "good"
		case l.Points == 0:
			s.Class = "bad"
		}
		v.Lines = append(v.Lines, s)
	}
	for _, e := range r.Events {
		v.Timeline = append(v.Timeline, viewEvent(r, e))
	}
	for _, e := range g.Effects {
		v.Effects = append(v.Effects, viewEffect(r, e))
	}
	v.Impact = gameImpact(r, m)
	v.Good, v.Actions = lessons(g)
	for _, s := range g.Earlier {
		v.Earlier = append(v.Earlier, earlierView{
			Began: s.Began.UTC().Format("2006-01-02 15:04"), Scenario: line(s.Scenario), By: line(s.By), Outcome: s.Outcome,
			Acknowledge: never(s.Acknowledge), Diagnose: never(s.Diagnose), Gone: never(s.Gone), Score: fmt.Sprintf("%d of %d", s.Points, s.Of),
		})
	}
	rules := r.Sealed.Draw.Rules
	v.Seal = []fact{
		{"Game", line(r.ID)},
		{"Hash that was published", line(r.Published)},
		{"Seed", fmt.Sprint(r.Sealed.Draw.Seed)},
		{"Salt", line(r.Sealed.Salt)},
		{"Rules", fmt.Sprintf("%d players, %s at speed %g, %d faults and %d decoys out of %d scenarios", rules.Players, rules.Duration, rules.Speed, rules.Faults, rules.Decoys, len(r.Sealed.Draw.Candidates))},
		{"Runbook", line(r.Book.Name + ", SHA-256 " + r.Book.SHA256)},
		{"Service", "SHA-256 " + line(r.Target)},
		{"runproof", line(r.Suite)},
	}
	v.Chart = chartOf(r, m)
	return v
}

func eachLine(list []string) (out []string) {
	for _, s := range list {
		out = append(out, line(s))
	}
	return out
}

// sinceBegin is a time of the game's clock, as minutes and seconds.
func sinceBegin(r gameday.Record, at time.Time) string {
	d := at.Sub(r.Began)
	return fmt.Sprintf("%d:%04.1f", int(d.Minutes()), (d % time.Minute).Seconds())
}

func viewEvent(r gameday.Record, e gameday.Event) timelineView {
	text := string(e.Kind)
	switch {
	case e.Action != nil:
		text = clip(line(e.Action.Text), maxCell)
		if e.Action.Err != "" {
			text += " (" + clip(line(e.Action.Err), maxCell) + ")"
		}
	case e.Section != "":
		text += ": " + line(e.Section)
	case e.Severity != "":
		text += ": " + line(string(e.Severity))
	}
	if e.Text != "" {
		text += ": " + clip(line(e.Text), maxCell)
	}
	v := timelineView{At: sinceBegin(r, e.At)}
	if e.Kind.Public() {
		v.People = line(e.By) + ": " + text
	} else {
		v.Truth = text
		if e.By == gameday.ByFacilitator {
			v.Truth = "facilitator: " + text
		}
	}
	return v
}

func viewEffect(r gameday.Record, e gameday.Effect) effectView {
	v := effectView{
		At: sinceBegin(r, e.Event.At), By: line(e.Event.By), Action: clip(line(e.Event.Action.Text), maxCell),
		Change: string(e.Change), Why: line(e.Why), Printed: "not in the runbook", Class: "open",
	}
	if e.Printed > 0 {
		v.Printed = fmt.Sprintf("line %d, %s", e.Printed, line(e.Section))
	}
	switch e.Change {
	case gameday.Heals:
		v.Class = "good"
	case gameday.Harmful:
		v.Class = "bad"
	case gameday.Idle, gameday.Read:
	}
	return v
}

// gameImpact says with numbers whom it hit.
func gameImpact(r gameday.Record, m gameday.Milestones) (list []string) {
	if m.Injected.IsZero() {
		return []string{"none: nothing was broken yet"}
	}
	end := m.Recovery
	if end.IsZero() {
		end = r.Ended
	}
	list = append(list, fmt.Sprintf("The incident lasted %s.", duration(end.Sub(m.Injected))))
	var before, last gameday.Sample
	unhealthy, all := 0, 0
	var slowest time.Duration
	for _, s := range r.Samples {
		switch {
		case s.At.Before(m.Injected):
			before = s
		case !s.At.After(end):
			last = s
			slowest = max(slowest, s.P95)
			if all++; !s.Healthy() {
				unhealthy++
			}
		}
	}
	if all == 0 {
		return list
	}
	sent, failed := last.Sent-before.Sent, last.Failed-before.Failed
	list = append(list,
		fmt.Sprintf("%d of %d requests failed; 95 %% took up to %s (before: %s).", failed, sent, duration(slowest), duration(before.P95)),
		fmt.Sprintf("%d of %d health samples were bad.", unhealthy, all),
		fmt.Sprintf("%d requests missed an acknowledged row; %d showed another tenant's data.", last.Lost-before.Lost, last.Foreign-before.Foreign))
	return list
}

// lessons drafts what went well and what is to be done.
func lessons(g Game) (good, actions []string) {
	for _, l := range g.Score {
		switch {
		case l.Of > 0 && l.Points == l.Of:
			good = append(good, line(l.Name+": "+l.Why))
		case l.Of > 0 && 2*l.Points < l.Of, l.Points < 0:
			actions = append(actions, line("Drill "+l.Name+": "+l.Why))
		}
	}
	for _, f := range g.Findings {
		actions = append(actions, line("Runbook: "+f))
	}
	return good, actions
}

// gameChart draws failed requests and latency over the game.
type gameChart struct {
	Width, Height    int
	Failed, Latency  string // points of a polyline
	Marks            []markView
	MaxFailed, MaxMS string
}

type markView struct {
	X, Y   int
	DX     int
	Anchor string // of the text
	Label  string
}

const (
	gameChartWidth  = 960
	gameChartTop    = 60
	gameChartHeight = 130
	gameChartPoints = 240
	gameChartGap    = 3
)

func chartOf(r gameday.Record, m gameday.Milestones) *gameChart {
	if len(r.Samples) < 2 {
		return nil
	}
	first, last := r.Began, r.Samples[len(r.Samples)-1].At
	length := last.Sub(first)
	if length <= 0 {
		return nil
	}
	x := func(at time.Time) int {
		return int(float64(gameChartWidth) * min(1, max(0, float64(at.Sub(first))/float64(length))))
	}
	step := max(1, len(r.Samples)/gameChartPoints)
	type point struct {
		x       int
		failed  int
		latency time.Duration
	}
	var points []point
	mostFailed, longest := 1, time.Millisecond
	for i := step; i < len(r.Samples); i += step {
		p := point{x(r.Samples[i].At), max(0, r.Samples[i].Failed-r.Samples[i-step].Failed), r.Samples[i].P95}
		mostFailed, longest = max(mostFailed, p.failed), max(longest, p.latency)
		points = append(points, p)
	}
	bottom := gameChartTop + gameChartHeight
	c := &gameChart{Width: gameChartWidth, Height: bottom + 6, MaxFailed: fmt.Sprint(mostFailed), MaxMS: duration(longest)}
	var failed, latency []string
	for _, p := range points {
		failed = append(failed, fmt.Sprintf("%d,%d", p.x, bottom-gameChartHeight*p.failed/mostFailed))
		latency = append(latency, fmt.Sprintf("%d,%d", p.x, bottom-int(float64(gameChartHeight)*float64(p.latency)/float64(longest))))
	}
	c.Failed, c.Latency = strings.Join(failed, " "), strings.Join(latency, " ")
	for _, mark := range []struct {
		label string
		at    time.Time
	}{{"injected", m.Injected}, {"page", m.Paged}, {"acknowledged", m.Acknowledged}, {"diagnosed", m.Diagnosed}, {"gone", m.Gone}, {"recovered", m.Recovery}, {"declared", m.Declared}} {
		if !mark.at.IsZero() {
			v := markView{X: x(mark.at), DX: gameChartGap, Anchor: "start", Label: mark.label}
			if v.X > gameChartWidth*4/5 { // it would leave the drawing
				v.DX, v.Anchor = -gameChartGap, "end"
			}
			c.Marks = append(c.Marks, v)
		}
	}
	slices.SortStableFunc(c.Marks, func(a, b markView) int { return cmp.Compare(a.X, b.X) })
	for i := range c.Marks {
		c.Marks[i].Y = 12 + 14*(i%4)
	}
	return c
}

// never is a duration, or that it did not come to it.
func never(d time.Duration) string {
	if d == 0 {
		return "never"
	}
	return duration(d)
}
