package contract_test

import (
	"fmt"
	"maps"
	"slices"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/runproof/runproof/scenarios/contract"
)

// model is what the tenant's events must look like after the calls so far.
type model struct {
	*generated
	events map[string]contract.Event
	stale  map[string]string // an entity tag that the event had before
}

// one picks an event; there is none before the first create.
func (m *model) one() contract.Event {
	ids := slices.Sorted(maps.Keys(m.events))
	if len(ids) == 0 {
		m.Skip("no event yet")
	}
	return m.events[ids[rapid.IntRange(0, len(ids)-1).Draw(m.T, "event")]]
}

// took holds an answer against the event that it must be now, and remembers it.
func (m *model) took(got reply, before contract.Event, status string, versions int64) {
	now := got.event()
	if now.ID != before.ID || now.Status != status || now.Version != before.Version+versions {
		m.breaks(got, fmt.Sprintf("the event is %s, %d versions on", status, versions))
	}
	if versions > 0 {
		m.stale[now.ID] = tag(before)
	}
	m.events[now.ID] = now
}

// actions are the calls that a sequence is made of, each with what must come
// of it in the state that the event is in.
func (m *model) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"create": func(*rapid.T) {
			e := m.ask(call{method: "POST", path: events, body: m.ordinary().json()}, 201).event()
			m.events[e.ID] = e
		},
		"update": func(t *rapid.T) {
			e := m.one()
			d := m.ordinary().with("capacity", fmt.Sprint(rapid.IntRange(1, 9).Draw(t, "capacity")))
			if e.Status == "cancelled" {
				m.ask(put(e, d, tag(e)), 409)
				return
			}
			m.took(m.ask(put(e, d, tag(e)), 200), e, e.Status, 1)
		},
		"update of a stale version": func(*rapid.T) {
			e := m.one()
			if m.stale[e.ID] == "" {
				m.Skip("it has one version")
			}
			m.ask(put(e, m.ordinary(), m.stale[e.ID]), 412)
		},
		"publish": func(*rapid.T) {
			switch e := m.one(); e.Status {
			case "draft":
				m.took(m.ask(publish(e), 200), e, "published", 1)
			case "published":
				m.took(m.ask(publish(e), 200), e, "published", 0)
			default:
				m.ask(publish(e), 409)
			}
		},
		"cancel": func(*rapid.T) {
			e := m.one()
			if e.Status == "cancelled" {
				m.took(m.ask(cancel(e), 200), e, "cancelled", 0)
				return
			}
			m.took(m.ask(cancel(e), 200), e, "cancelled", 1)
		},
		"get": func(*rapid.T) { m.reads(m.one()) },
		"list": func(t *rapid.T) {
			status := rapid.SampledFrom([]string{"", "draft", "published", "cancelled"}).Draw(t, "status")
			path := drawn(t, "path", events, "/api/v1/venues/"+m.venue()+"/events") + "?limit=100"
			if status != "" {
				path += "&status=" + status
			}
			want := map[string]contract.Event{}
			for id, e := range m.events {
				if status == "" || e.Status == status {
					want[id] = e
				}
			}
			got := m.ask(call{method: "GET", path: path}, 200)
			seen := map[string]contract.Event{}
			for _, e := range got.page().Items {
				seen[e.ID] = e
			}
			if diff := cmp.Diff(want, seen); diff != "" || len(got.page().Items) != len(seen) {
				m.breaks(got, "a list shows each event as it is, once")
			}
		},
	}
}

// A read that follows a write sees it, whatever came before: this is where a
// cache that was not told, or a write that was lost, comes to light.
var _ = promised("sequences", "any sequence of calls leaves the events that it must", func(c *client) {
	c.holds(few, func(g *generated) {
		g.client = g.of(g.lane.NewTenant())
		m := &model{generated: g, events: map[string]contract.Event{}, stale: map[string]string{}}
		g.Repeat(m.actions())
	})
})
