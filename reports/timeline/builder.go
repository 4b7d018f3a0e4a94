package timeline

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

const (
	// MaxDots bounds the requests that are kept of one playing.
	MaxDots = 1000
	// maxPending bounds the requests of a lane that wait to be thinned out.
	maxPending = 8 * MaxDots
	// maxLanes bounds the routes; those beyond share the last lane.
	maxLanes = 8
	// maxSpans bounds the spans of one kind, and the witness's reports.
	maxSpans = 200
)

// otherRoutes stands for the routes that are too many for a lane each.
const otherRoutes = "other routes"

// Builder takes the events of one playing in the order of recording. Its zero value
// is ready.
type Builder struct {
	began, last time.Time
	lanes       map[string]*pending
	tenants     []scenarios.Caller

	faults           map[int]*fault
	remedies, stalls []record.Event
	reports          []record.Event
}

// pending are the requests of a route.
type pending struct {
	sent, failed, omitted int
	hits                  []hit
}

type hit struct {
	sent, done time.Time
	tenant     int
	failed     bool
}

type fault struct {
	text              string
	injecting, active time.Time
	ending, ended     time.Time
}

// Shows reports whether more is drawn of events of a kind than that there were any.
func Shows(kind record.EventKind) bool {
	switch kind {
	case record.EventHit, record.EventInject, record.EventHeal, record.EventWitnessReport, record.EventRemedy, record.EventStall:
		return true
	}
	return false
}

// Add takes one event.
func (b *Builder) Add(e record.Event) {
	if b.began.IsZero() || e.At.Before(b.began) {
		b.began = e.At
	}
	if e.At.After(b.last) {
		b.last = e.At
	}
	switch e.Kind {
	case record.EventHit:
		if e.Hit != nil && !e.Hit.Abandoned {
			b.hit(*e.Hit)
		}
	case record.EventInject:
		if e.Err == "" {
			b.faultOf(e.Stage).text = e.Text
			b.faultOf(e.Stage).injecting, b.faultOf(e.Stage).active = e.At.Add(-e.Took), e.At
		}
	case record.EventHeal:
		b.faultOf(e.Stage).ending, b.faultOf(e.Stage).ended = e.At, e.At.Add(e.Took)
	case record.EventWitnessReport:
		if e.WitnessReport != nil {
			b.reports = within(b.reports, record.Event{At: e.At, Text: string(e.WitnessReport.Presence)})
		}
	case record.EventRemedy:
		b.remedies = within(b.remedies, record.Event{At: e.At, Took: e.Took, Text: e.Text})
	case record.EventStall:
		b.stalls = within(b.stalls, record.Event{At: e.At.Add(-e.Took), Took: e.Took, Text: e.Text})
	}
}

func within(list []record.Event, e record.Event) []record.Event {
	if len(list) >= maxSpans {
		return list
	}
	return append(list, e)
}

func (b *Builder) faultOf(stage int) *fault {
	if b.faults == nil {
		b.faults = map[int]*fault{}
	}
	if b.faults[stage] == nil {
		b.faults[stage] = &fault{}
	}
	return b.faults[stage]
}

func (b *Builder) hit(h record.Hit) {
	if b.lanes == nil {
		b.lanes = map[string]*pending{}
	}
	route := h.Route
	if b.lanes[route] == nil && len(b.lanes) >= maxLanes {
		route = otherRoutes
	}
	lane := b.lanes[route]
	if lane == nil {
		lane = &pending{}
		b.lanes[route] = lane
	}
	tenant := slices.Index(b.tenants, h.Tenant)
	if tenant < 0 {
		if tenant = len(b.tenants); tenant >= maxLanes {
			tenant = maxLanes - 1
		} else {
			b.tenants = append(b.tenants, h.Tenant)
		}
	}
	lane.sent++
	if h.Failed {
		lane.failed++
	}
	lane.hits = append(lane.hits, hit{h.Sent, h.Done, tenant, h.Failed})
	if len(lane.hits) >= maxPending {
		dots := thin(lane.dots(b.began), maxPending/2)
		lane.omitted += len(lane.hits) - len(dots)
		kept := make([]hit, 0, len(dots))
		for _, d := range dots {
			kept = append(kept, hit{b.began.Add(d.At), b.began.Add(d.At + d.Took), d.Tenant, d.Failed})
		}
		lane.hits = kept
	}
}

// dots are the requests of a lane in the order in which they left, counted from a time.
func (p *pending) dots(from time.Time) []Dot {
	dots := make([]Dot, 0, len(p.hits))
	for _, h := range p.hits {
		dots = append(dots, Dot{At: h.sent.Sub(from), Took: h.done.Sub(h.sent), Tenant: h.tenant, Failed: h.failed})
	}
	slices.SortStableFunc(dots, func(a, b Dot) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Took, b.Took)) })
	return dots
}

// Timeline is what the events so far add up to.
func (b *Builder) Timeline(of record.Playing) Timeline {
	t := Timeline{Playing: of, Began: b.began}
	since := func(at time.Time) time.Duration { return at.Sub(b.began) }
	for _, stage := range slices.Sorted(maps.Keys(b.faults)) {
		f := b.faults[stage]
		if f.active.IsZero() {
			continue
		}
		if f.ended.IsZero() {
			f.ending, f.ended = b.last, b.last
		}
		t.Faults = append(t.Faults, Span{since(f.injecting), since(f.active), since(f.ending), since(f.ended), f.text})
	}
	spans := func(list []record.Event) (spans []Span) {
		for _, e := range list {
			from, to := since(e.At), since(e.At.Add(e.Took))
			spans = append(spans, Span{from, from, to, to, e.Text})
		}
		return spans
	}
	t.Remedies, t.Stalls = spans(b.remedies), spans(b.stalls)
	for _, e := range b.reports {
		t.Witness = append(t.Witness, Report{since(e.At), record.Presence(e.Text)})
	}
	// Tenants in an order that does not depend on who was answered first.
	t.Tenants = slices.Sorted(slices.Values(b.tenants))
	for _, route := range slices.Sorted(maps.Keys(b.lanes)) {
		p := b.lanes[route]
		lane := Lane{Route: route, Sent: p.sent, Failed: p.failed, Dots: p.dots(b.began)}
		for i := range lane.Dots {
			lane.Dots[i].Tenant = slices.Index(t.Tenants, b.tenants[lane.Dots[i].Tenant])
		}
		t.Lanes = append(t.Lanes, lane)
		t.Omitted += p.omitted
	}
	t.bound()
	return t.Thin(MaxDots)
}

// bound sets what is drawn: from the first thing that is drawn to the last.
func (t *Timeline) bound() {
	first := true
	take := func(from, to time.Duration) {
		if first || from < t.From {
			t.From = from
		}
		if first || to > t.To {
			t.To = to
		}
		first = false
	}
	for _, lane := range t.Lanes {
		for _, d := range lane.Dots {
			take(d.At, d.At+d.Took)
		}
	}
	for _, s := range slices.Concat(t.Faults, t.Remedies) {
		take(s.From, s.To)
	}
	for _, r := range t.Witness {
		take(r.At, r.At)
	}
}
