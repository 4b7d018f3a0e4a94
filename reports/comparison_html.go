package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

//go:embed compare.html.tmpl
var comparisonText string

var comparisonPage = template.Must(template.Must(template.New("common").Parse(commonText)).New(ComparisonHTMLFile).Parse(comparisonText))

type (
	comparisonView struct {
		Head              head
		Class, Headline   string
		Sides             []fact
		Notes, Deviations []string
		Changes           []changeView
		Scenarios         []pairView
		Latencies         []latencyView
		// Slow says that one of them moved.
		Slow bool
	}
	changeView struct{ Weight, Class, Kind, What, Was, Is, Why string }
	pairView   struct {
		ID, Title, Severity, Baseline, Candidate, Class, Detect, Recover, Bands string
		// Open says that something of it changed, and the timelines are drawn.
		Open      bool
		Chart     *overlay
		Timelines []namedTimeline
	}
	namedTimeline struct {
		Name string
		SVG  template.HTML
	}
	latencyView struct{ Side, Route, Percent, Baseline, Candidate, Band, Movement, Class, Of string }
)

func comparisonHTML(c compare.Comparison, baseline, candidate Run) ([]byte, error) {
	v := comparisonView{
		Head: newHead("runproof compare"), Headline: line(c.Headline), Deviations: deviationLines(c.Deviations),
		Class: map[int]string{judge.ExitPassed: "good", judge.ExitFailed: "bad"}[c.Exit],
	}
	for _, s := range []struct {
		name string
		of   compare.Side
	}{{"Baseline", c.Baseline}, {"Candidate", c.Candidate}} {
		v.Sides = append(v.Sides, fact{s.name, strings.Join(strings.Fields(s.of.ID+" "+stamp(s.of.Began)+" "+targetName(s.of)), " ")})
	}
	v.Sides = append(v.Sides, fact{"Played", strings.TrimPrefix(interleaving(c), ", ")})
	for _, note := range c.Notes {
		v.Notes = append(v.Notes, line(note))
	}
	changed := map[string]bool{}
	for _, change := range c.Changes {
		changed[change.Scenario] = true
		v.Changes = append(v.Changes, changeView{
			string(change.Weight), weightClass(change.Weight), string(change.Kind), line(change.Subject()), line(change.Was), line(change.Is), changeReason(change),
		})
	}
	for _, s := range c.Scenarios {
		a, b := findResult(baseline.Result, s.ID), findResult(candidate.Result, s.ID)
		p := pairView{
			ID: line(s.ID), Title: line(s.Title), Severity: line(string(s.Severity)), Baseline: playedText(s.Baseline), Candidate: playedText(s.Candidate),
			Detect: timeText(s, compare.TimeDetect), Recover: timeText(s, compare.TimeRecover), Bands: bandSources(s), Open: changed[s.ID], Chart: overlaid(a, b),
		}
		if s.Candidate != nil {
			p.Class = map[judge.Verdict]string{judge.Passed: "good", judge.Failed: "bad"}[s.Candidate.Verdict]
		}
		if p.Open && a != nil && b != nil {
			p.Timelines = onOneScale(baseline.timeline(*a), candidate.timeline(*b), s.ID)
		}
		v.Scenarios = append(v.Scenarios, p)
	}
	for _, l := range c.Latencies {
		v.Slow = v.Slow || l.Movement == compare.Slower || l.Movement == compare.Faster
		v.Latencies = append(v.Latencies, latencyView{
			string(l.Side), line(l.Route), fmt.Sprintf("p%d", l.Percent), compare.Rounded(l.Baseline), compare.Rounded(l.Candidate), bandText(l), string(l.Movement),
			map[compare.Movement]string{compare.Slower: "bad", compare.Faster: "good"}[l.Movement],
			fmt.Sprintf("%d scenarios, %d and %d requests", l.Scenarios, l.Requests[0], l.Requests[1]),
		})
	}
	var b bytes.Buffer
	if err := comparisonPage.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("%s: %w", ComparisonHTMLFile, err)
	}
	return b.Bytes(), nil
}

// comparedDots bounds the requests that are drawn of a timeline: there are two for
// each scenario in which something changed.
const comparedDots = 400

// onOneScale draws what was recorded in both runs one above the other, with the
// injection at the same place; nothing where a recording or a fault is lacking.
func onOneScale(a, b *timeline.Timeline, scenario string) []namedTimeline {
	if a == nil || b == nil {
		return nil
	}
	injectedA, okA := a.Injected()
	injectedB, okB := b.Injected()
	if !okA || !okB {
		return nil
	}
	o := timeline.Options{Dots: comparedDots, From: min(a.From-injectedA, b.From-injectedB), To: max(a.To-injectedA, b.To-injectedB)}
	var list []namedTimeline
	for _, one := range []struct {
		name string
		of   *timeline.Timeline
	}{{"baseline", a}, {"candidate", b}} {
		o.Title = fmt.Sprintf("Timeline of %s, %s", line(scenario), one.name)
		list = append(list, namedTimeline{one.name, template.HTML(one.of.Thin(comparedDots).SVG(o))}) //nolint:gosec // the drawing escapes its texts
	}
	return list
}

func weightClass(w compare.Weight) string {
	switch w {
	case compare.Regression:
		return "bad"
	case compare.Improvement:
		return "good"
	}
	return "open"
}

func bandSources(s compare.Scenario) string {
	var list []string
	for _, t := range s.Times {
		if t.BandFrom != "" {
			list = append(list, fmt.Sprintf("band of the time %s: %s", t.Name, t.BandFrom))
		}
	}
	return strings.Join(list, "; ")
}

func findResult(r ledger.RunResult, id string) *judge.Result {
	for i := range r.Results {
		if r.Results[i].Scenario == id {
			return &r.Results[i]
		}
	}
	return nil
}

// overlay is a drawing of both timelines: for each expectation a bar for each run,
// the baseline's above.
type overlay struct {
	Width, Height, AxisX, AxisY, AxisEnd int
	Title, Longest                       string
	Labels                               []labelView
	Bars                                 []barView
}

// barView is a bar and its value.
type barView struct {
	X, Y, Width, Height, ValueX, ValueY int
	Value, Class                        string
}

type labelView struct {
	X, Y int
	Text string
}

// The measures of an overlay, in the units of its view box; overlayLabel in runes.
const (
	overlayWidth = 720
	overlayLeft  = 8
	overlayRight = 70
	overlayTop   = 6
	overlayFoot  = 22
	overlayRow   = 46
	overlayBar   = 7
	overlayLabel = 96
)

// overlaid draws how long it took until each expectation held in both runs; nil where
// there is nothing to draw.
func overlaid(a, b *judge.Result) *overlay {
	if a == nil || b == nil {
		return nil
	}
	type both struct {
		of   judge.Outcome
		a, b *judge.Outcome
	}
	var list []both
	var longest time.Duration
	for i, o := range b.Outcomes {
		if o.Phase == scenarios.PhaseAlways || o.Phase == scenarios.PhaseProperty || o.Observations == 0 {
			continue
		}
		entry := both{of: o, b: &b.Outcomes[i]}
		for k := range a.Outcomes {
			if a.Outcomes[k].Phase == o.Phase && a.Outcomes[k].Key("") == o.Key("") && a.Outcomes[k].Expectation == o.Expectation {
				entry.a = &a.Outcomes[k]
				longest = max(longest, entry.a.After)
			}
		}
		longest = max(longest, o.After)
		list = append(list, entry)
	}
	if len(list) == 0 {
		return nil
	}
	c := &overlay{
		Width: overlayWidth, Height: overlayTop + len(list)*overlayRow + overlayFoot, AxisX: overlayLeft, AxisY: overlayTop + len(list)*overlayRow,
		AxisEnd: overlayWidth - overlayRight, Longest: duration(longest), Title: "Time until each expectation held, baseline above candidate: " + line(b.Scenario),
	}
	for i, entry := range list {
		top := overlayTop + i*overlayRow
		c.Labels = append(c.Labels, labelView{overlayLeft, top + 13, clip(fmt.Sprintf("%s: %s", during(*b, entry.of), line(entry.of.Expectation)), overlayLabel)})
		for n, o := range []*judge.Outcome{entry.a, entry.b} {
			if o == nil {
				continue
			}
			y := top + 18 + n*(overlayBar+4)
			bar := barView{X: overlayLeft, Y: y, Height: overlayBar, Width: 2, ValueY: y + overlayBar, Class: []string{"was", "is"}[n], Value: duration(o.After)}
			if longest > 0 {
				bar.Width = max(2, int(float64(c.AxisEnd-overlayLeft)*float64(o.After)/float64(longest)))
			}
			if !o.Held {
				bar.Width, bar.Value, bar.Class = 2, "never", "bad"
			}
			bar.ValueX = bar.X + bar.Width + 6
			c.Bars = append(c.Bars, bar)
		}
	}
	return c
}
