package reports

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// The chart's measures, in the units of its view box.
const (
	chartWidth  = 720
	chartLabel  = 8
	chartRow    = 34
	chartTop    = 6
	chartBar    = 8
	chartFoot   = 22
	chartRight  = 70
	maxBarLabel = 96 // runes that fit above a bar
)

// chartView is a drawing of how long it took until each expectation was seen
// to hold: from the injection, the healing, or the beginning of its phase.
type chartView struct {
	Width, Height int
	Title         string
	Bars          []barView
	AxisX, AxisY  int
	AxisEnd       int
	Longest       string
}

type barView struct {
	X, Y, TextY, Width, Height int
	ValueX, ValueY             int
	Label, Value, Class        string
}

// chart draws the scenario's expectations; nil where there is nothing to draw.
// What must always hold has no moment at which it began to, and is left out.
func chart(res judge.Result) *chartView {
	var longest time.Duration
	var list []judge.Outcome
	for _, o := range res.Outcomes {
		if o.Phase == scenarios.PhaseAlways || o.Observations == 0 {
			continue
		}
		list = append(list, o)
		longest = max(longest, o.After)
	}
	if len(list) == 0 || res.Mode == scenarios.Control {
		return nil
	}
	c := &chartView{
		Width: chartWidth, Height: chartTop + len(list)*chartRow + chartFoot,
		Title: "Time until each expectation held: " + line(res.Scenario),
		AxisX: chartLabel, AxisY: chartTop + len(list)*chartRow, AxisEnd: chartWidth - chartRight, Longest: duration(longest),
	}
	for i, o := range list {
		top := chartTop + i*chartRow
		bar := barView{
			X: chartLabel, Y: top + 18, TextY: top + 13, Height: chartBar,
			Width: 2, ValueY: top + 18 + chartBar, Class: "good",
			Label: clip(fmt.Sprintf("%s: %s", during(res, o), line(o.Expectation)), maxBarLabel),
		}
		if longest > 0 {
			bar.Width = max(2, int(float64(c.AxisEnd-chartLabel)*float64(o.After)/float64(longest)))
		}
		bar.Value = duration(o.After)
		if !o.Held {
			bar.Width, bar.Value, bar.Class = 2, "never", viewOutcome(res, o).Class
		}
		bar.ValueX = bar.X + bar.Width + 6
		c.Bars = append(c.Bars, bar)
	}
	return c
}
