package contract

import (
	"fmt"
	"maps"
	"net/url"
	"slices"

	"pgregory.net/rapid"

	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// mostEvents is how many a sequence makes: a page has no more (openapi, limit).
	mostEvents = 100
	// usualPage is how many a page has unless it is asked for more.
	usualPage = 20
)

// model is what the tenant's events must look like after the calls so far.
type model struct {
	*generated
	events map[string]contract.Event
	stale  map[string]string // an entity tag that the event had before
}

// one picks an event.
func (m *model) one() contract.Event {
	ids := slices.Sorted(maps.Keys(m.events))
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
			if len(m.events) == mostEvents {
				m.Skip("more would not be on one page")
			}
			m.create()
		},
		"update": func(t *rapid.T) {
			e := m.one()
			d := m.ordinary().with("capacity", fmt.Sprint(rapid.IntRange(1, 9).Draw(t, "capacity")))
			if e.Status == "cancelled" {
				m.ask(update(e, d, tag(e)), 409)
				return
			}
			m.update(e, d)
		},
		"update of a stale version": func(*rapid.T) {
			e := m.one()
			if m.stale[e.ID] == "" {
				m.Skip("it has one version")
			}
			m.ask(update(e, m.ordinary(), m.stale[e.ID]), 412)
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
		"get":  func(*rapid.T) { m.reads(m.one()) },
		"list": func(t *rapid.T) { m.lists(drawn(t, "path", m.paths()...), drawn(t, "status", statuses...)) },
	}
}

// statuses are what a list may be filtered by, no filter among them.
var statuses = []string{"", "draft", "published", "cancelled"}

// paths are where the tenant's events are listed: all of them are at one venue.
func (m *model) paths() []string { return []string{events, "/api/v1/venues/" + m.venue() + "/events"} }

// lists asks for a list, on the largest page and on the usual one: a cache may
// know either.
func (m *model) lists(path, status string) {
	want := map[string]contract.Event{}
	for id, e := range m.events {
		if status == "" || e.Status == status {
			want[id] = e
		}
	}
	query := url.Values{}
	if status != "" {
		query.Set("status", status)
	}
	m.shows(want, path+"?"+query.Encode(), usualPage)
	query.Set("limit", fmt.Sprint(mostEvents))
	m.shows(want, path+"?"+query.Encode(), mostEvents)
}

// shows asks for a page that must have these events, as many as fit.
func (m *model) shows(want map[string]contract.Event, path string, fit int) {
	got := m.ask(call{method: "GET", path: path}, 200)
	seen := map[string]bool{}
	for _, e := range got.page().Items {
		if e != want[e.ID] || seen[e.ID] {
			m.breaks(got, "a list shows each event as it is, once")
		}
		seen[e.ID] = true
	}
	if len(seen) != min(len(want), fit) {
		m.breaks(got, "a list shows each event as it is, once")
	}
}

// listsAll asks for every list that there is.
func (m *model) listsAll() {
	for _, path := range m.paths() {
		for _, status := range statuses {
			m.lists(path, status)
		}
	}
}

// create makes an event.
func (m *model) create() contract.Event {
	e := m.ask(call{method: "POST", path: events, body: m.ordinary().json()}, 201).event()
	m.events[e.ID] = e
	return e
}

// update makes the next version of an event that is not cancelled.
func (m *model) update(e contract.Event, d details) {
	m.took(m.ask(update(e, d, tag(e)), 200), e, e.Status, 1)
}

// settles looks at everything once more: each event as it is, and each by a
// version that it had before.
func (m *model) settles() {
	m.listsAll()
	for _, id := range slices.Sorted(maps.Keys(m.events)) {
		e := m.events[id]
		if stale := m.stale[id]; stale != "" {
			m.ask(update(e, m.ordinary(), stale), 412)
			m.ask(publish(e).with("If-Match", stale), 412)
			m.ask(cancel(e).with("If-Match", stale), 412)
		}
		m.reads(e)
	}
}

// modelPromises are about whole sequences of calls.
func modelPromises(promised register) {
	// A read that follows a write sees it, whatever came before: this is where a
	// cache that was not told, or a write that was lost, comes to light. Whatever
	// the sequence, each list is asked for before and after a change, and one event
	// at least has a version that is past.
	promised("sequences", "any sequence of calls leaves the events that it must", func(c *client) {
		c.holds(few, func(g *generated) {
			g.client = g.of(testbed.NewTenant(g.lane))
			m := &model{generated: g, events: map[string]contract.Event{}, stale: map[string]string{}}
			m.listsAll()
			m.update(m.create(), m.ordinary().with("capacity", "1"))
			m.Repeat(m.actions())
			m.settles()
		})
	})
}
