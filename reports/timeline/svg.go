package timeline

import (
	"fmt"
	"html"
	"math"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios/record"
)

// Options say how a timeline is drawn.
type Options struct {
	// Title is what the drawing is called where it cannot be seen.
	Title string
	// Signals are drawn below the requests.
	Signals []Signal
	// Dots bounds the requests that are drawn; 0: MaxDots.
	Dots int
	// From and To, where set, are drawn instead of the timeline's own, both counted from
	// the injection, so that two drawings have one scale.
	From, To time.Duration
}

// Signal is a way in which an operator learns of a fault, and when that was.
type Signal struct {
	Name string
	// Detect counts from the first injection, Recover from when the last fault was
	// lifted. Nil where it was not seen.
	Detect, Recover *time.Duration
}

// Style is the style sheet of the drawings. It needs the custom properties --ink,
// --soft, --line, --bad, --fault and --paper.
const Style = `.tl{display:block;overflow:visible;margin-left:3.4rem;width:calc(100% - 3.9rem)}
.tl text{fill:var(--ink);font:12px system-ui,sans-serif}
.tl .s{fill:var(--soft)}.tl .e{text-anchor:end}.tl .m{text-anchor:middle}.tl .bad{fill:var(--bad);font-weight:600}
.tl .g{stroke:var(--line);stroke-width:1}.tl .f{fill:var(--fault)}.tl .fh{fill:var(--fault);opacity:.5}
.tl path{fill:none;vector-effect:non-scaling-stroke}
.tl .d{stroke:var(--t0);stroke-width:5;stroke-linecap:round}.tl .b{stroke:var(--t1);stroke-width:2.5}
.tl .x{stroke:var(--bad);stroke-width:8;stroke-linecap:square}.tl .y{stroke:var(--bad);stroke-width:4.5}
.tl .w{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}.tl .wf{fill:var(--ink);stroke:var(--ink);stroke-width:1.5}
.tl .sg{stroke:var(--ink);stroke-width:2}.tl .r{fill:var(--t0)}.tl .st{fill:var(--soft)}
`

// The drawing's measures, in pixels. Across, all is in percent: it is as wide as there
// is room, and its letters keep their size.
const (
	laneTitle = 15
	lanePlot  = 40
	rowTitle  = 15
	rowBar    = 10
	gap       = 7
	axis      = 34
	across    = 1000 // units of a lane's plot from left to right
	// maxRoute bounds a route's text, in letters: what fits beside its numbers on a telephone.
	maxRoute = 34
)

type drawing struct {
	strings.Builder
	t        Timeline
	from, to time.Duration
	top      time.Duration // of the plots
	y        int
}

// SVG is the timeline as an element of an HTML page. All texts in it are escaped.
func (t Timeline) SVG(o Options) string {
	if o.Dots == 0 {
		o.Dots = MaxDots
	}
	d := &drawing{t: t.Thin(o.Dots), from: t.From, to: t.To, top: 10 * time.Millisecond}
	if o.From != 0 || o.To != 0 {
		zero, _ := t.Injected()
		d.from, d.to = zero+o.From, zero+o.To
	}
	margin := (d.to-d.from)/50 + time.Millisecond
	d.from, d.to = d.from-margin, d.to+margin
	for _, lane := range t.Lanes {
		for _, dot := range lane.Dots {
			for d.top < dot.Took {
				d.top *= 10
			}
		}
	}
	d.y = 20
	for _, lane := range d.t.Lanes {
		d.lane(lane)
	}
	d.witness()
	for _, s := range o.Signals {
		d.signal(s)
	}
	d.spans("Remedy", "r", t.Remedies)
	d.spans("Host stalls", "st", t.Stalls)
	body := d.String()
	d.Reset()
	fmt.Fprintf(d, `<svg class="tl" height="%d" role="img" aria-label="%s">`, d.y+axis, html.EscapeString(o.Title))
	d.faults()
	d.axis()
	return d.String() + body + "</svg>"
}

// x is a time's place in thousandths of the width.
func (d *drawing) x(at time.Duration) int {
	return min(max(int(math.Round(across*float64(at-d.from)/float64(d.to-d.from))), 0), across)
}

// percent is a time's place as an attribute.
func (d *drawing) percent(at time.Duration) string { return tenth(d.x(at)) }

func tenth(x int) string {
	if x%10 == 0 {
		return fmt.Sprintf("%d%%", x/10)
	}
	return fmt.Sprintf("%d.%d%%", x/10, x%10)
}

func (d *drawing) rect(class string, from, to time.Duration, y, height int) {
	if d.x(to) == d.x(from) && to > from {
		to = from + (d.to-d.from)/(across/2) // what was short is seen all the same
	}
	fmt.Fprintf(d, `<rect class="%s" x="%s" width="%s" y="%d" height="%d"/>`, class, d.percent(from), tenth(d.x(to)-d.x(from)), y, height)
}

// faults shades the time in which a fault was in force, and more lightly that in which
// it was being injected or lifted.
func (d *drawing) faults() {
	for _, f := range d.t.Faults {
		if f.From < f.Active {
			d.rect("fh", f.From, f.Active, 0, d.y)
		}
		d.rect("f", f.Active, f.Ending, 0, d.y)
		if f.Ending < f.To {
			d.rect("fh", f.Ending, f.To, 0, d.y)
		}
	}
	const few = 3
	for i, f := range d.t.Faults {
		text := "fault in force"
		switch n := len(d.t.Faults); {
		case n > few && i == 0:
			text = fmt.Sprintf("fault in force, %d times", n)
		case n > few:
			return
		case n > 1:
			text = fmt.Sprintf("fault %d", i+1)
		}
		class, at, dx := "", f.Active, 4
		if d.x(at) > across*7/10 {
			class, at, dx = ` class="e"`, f.Ending, -4
		}
		fmt.Fprintf(d, `<text x="%s" dx="%d" y="13"%s>%s</text>`, d.percent(at), dx, class, text)
	}
}

// lane draws the requests of a route: up is slower, on a scale of powers of ten.
func (d *drawing) lane(lane Lane) {
	class, failed := "s e", "none failed"
	if lane.Failed > 0 {
		class, failed = "bad e", fmt.Sprintf("%d failed", lane.Failed)
	}
	fmt.Fprintf(d, `<text y="%d">%s</text><text class="%s" x="100%%" y="%d">%s of %d</text>`,
		d.y+11, html.EscapeString(shorten(lane.Route)), class, d.y+11, failed, lane.Sent)
	d.y += laneTitle
	fmt.Fprintf(d, `<text class="s e" x="-6" y="%d">%s</text><text class="s e" x="-6" y="%d">1 ms</text>`, d.y+10, Short(d.top), d.y+lanePlot)
	fmt.Fprintf(d, `<line class="g" x2="100%%" y1="%d" y2="%d"/>`, d.y+lanePlot, d.y+lanePlot)
	fmt.Fprintf(d, `<svg y="%d" width="100%%" height="%d" viewBox="0 0 %d %d" preserveAspectRatio="none" overflow="visible">`, d.y, lanePlot, across, lanePlot)
	for tenant := range d.t.Tenants {
		for _, failed := range []bool{false, true} {
			d.dots(lane.Dots, tenant, failed)
		}
	}
	d.WriteString("</svg>")
	d.y += lanePlot + gap
}

// dots draws a tenant's requests as one path: the first tenant's are points, every
// other's are strokes.
func (d *drawing) dots(dots []Dot, tenant int, failed bool) {
	class, mark := "d", "h0"
	up := 0
	switch {
	case tenant > 0 && failed:
		class, mark, up = "y", "v10", 5
	case tenant > 0:
		class, mark, up = "b", "v6", 3
	case failed:
		class = "x"
	}
	started := false
	for _, dot := range dots {
		if dot.Tenant != tenant || dot.Failed != failed {
			continue
		}
		if !started {
			fmt.Fprintf(d, `<path class="%s" d="`, class)
			started = true
		}
		fmt.Fprintf(d, "M%d %d%s", d.x(dot.At), d.height(dot.Took)-up, mark)
	}
	if started {
		d.WriteString(`"/>`)
	}
}

// height is how far from the top of a plot a duration lies.
func (d *drawing) height(took time.Duration) int {
	const edge = 4
	share := math.Log(float64(max(took, time.Millisecond))/float64(time.Millisecond)) / math.Log(float64(d.top)/float64(time.Millisecond))
	return edge + int(math.Round((1-min(share, 1))*(lanePlot-2*edge)))
}

// row begins a row with a title on the left and what it says on the right.
func (d *drawing) row(title, says string) {
	fmt.Fprintf(d, `<text y="%d">%s</text>`, d.y+11, html.EscapeString(title))
	if says != "" {
		fmt.Fprintf(d, `<text class="s e" x="100%%" y="%d">%s</text>`, d.y+11, html.EscapeString(says))
	}
	d.y += rowTitle
}

// witness draws the witness's reports: full where it saw the fault, else empty.
func (d *drawing) witness() {
	if len(d.t.Witness) == 0 {
		return
	}
	d.row("Witness", "● fault seen ○ not seen")
	for _, r := range d.t.Witness {
		class := "w"
		if r.Said == record.Active {
			class = "wf"
		}
		fmt.Fprintf(d, `<circle class="%s" cx="%s" cy="%d" r="4"/>`, class, d.percent(r.At), d.y+rowBar/2)
	}
	d.y += rowBar + gap
}

// signal draws when a signal showed the fault, when it showed health again, and a line
// between them.
func (d *drawing) signal(s Signal) {
	injected, ok := d.t.Injected()
	lifted, _ := d.t.Lifted()
	if !ok {
		return
	}
	middle := d.y + rowTitle + rowBar/2
	from, to, marks := injected, lifted, ""
	if s.Detect != nil {
		from += *s.Detect
		marks += fmt.Sprintf(`<circle class="wf" cx="%s" cy="%d" r="3.5"/>`, d.percent(from), middle)
	}
	if s.Recover != nil {
		to += *s.Recover
		marks += fmt.Sprintf(`<circle class="w" cx="%s" cy="%d" r="3.5"/>`, d.percent(to), middle)
	}
	d.row(s.Name, "")
	if s.Detect != nil && s.Recover != nil {
		fmt.Fprintf(d, `<line class="sg" x1="%s" x2="%s" y1="%d" y2="%d"/>`, d.percent(from), d.percent(to), middle, middle)
	}
	d.WriteString(marks)
	d.y += rowBar + gap
}

func (d *drawing) spans(title, class string, list []Span) {
	var drawn []Span
	for _, s := range list {
		if s.To >= d.from && s.From <= d.to {
			drawn = append(drawn, s)
		}
	}
	if len(drawn) == 0 {
		return
	}
	says := fmt.Sprintf("%d times", len(drawn))
	if len(drawn) == 1 {
		says = "took " + Short(drawn[0].To-drawn[0].From)
	}
	d.row(title, says)
	for _, s := range drawn {
		d.rect(class, s.From, s.To, d.y, rowBar)
	}
	d.y += rowBar + gap
}

// steps are the distances between two marks of the axis.
var steps = []time.Duration{
	10 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute,
	10 * time.Minute, 30 * time.Minute, time.Hour,
}

// axis draws the time, counted from the injection.
func (d *drawing) axis() {
	const most = 5
	zero, ok := d.t.Injected()
	caption := "time since the injection"
	if !ok {
		zero, caption = d.t.From, "time since the first request"
	}
	step := steps[len(steps)-1]
	for _, s := range steps {
		if (d.to-d.from)/s <= most {
			step = s
			break
		}
	}
	first := (d.from - zero) / step * step
	for at := first; zero+at <= d.to; at += step {
		if zero+at < d.from {
			continue
		}
		x := d.percent(zero + at)
		class := "s m"
		if d.x(zero+at) > across*96/100 {
			class = "s e"
		}
		fmt.Fprintf(d, `<line class="g" x1="%s" x2="%s" y1="18" y2="%d"/><text class="%s" x="%s" y="%d">%s</text>`, x, x, d.y, class, x, d.y+14, Signed(at))
	}
	fmt.Fprintf(d, `<text class="s e" x="100%%" y="%d">%s</text>`, d.y+29, caption)
}

// Signed is a duration from a time on, or up to it.
func Signed(d time.Duration) string {
	switch {
	case d.Abs() < time.Millisecond:
		return "0"
	case d < 0:
		return Short(d)
	}
	return "+" + Short(d)
}

// Short is a duration as people write it, as precisely as anybody cares.
func Short(d time.Duration) string {
	switch {
	case d < 0:
		return "−" + Short(-d)
	case d < time.Millisecond:
		return "<1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Round(time.Millisecond).Milliseconds())
	case d < time.Minute:
		return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Seconds()), ".0") + " s"
	case d < time.Hour:
		d = d.Round(time.Second)
		if d%time.Minute == 0 {
			return fmt.Sprintf("%d min", d/time.Minute)
		}
		return fmt.Sprintf("%d min %d s", d/time.Minute, d%time.Minute/time.Second)
	}
	d = d.Round(time.Minute)
	return fmt.Sprintf("%d h %d min", d/time.Hour, d%time.Hour/time.Minute)
}

// shorten is a route's text of bearable length.
func shorten(route string) string {
	letters := []rune(route)
	if len(letters) <= maxRoute {
		return route
	}
	return string(letters[:maxRoute-1]) + "…"
}
