package contract

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/google/go-cmp/cmp"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/suites/testbed"
)

// validPromises are about requests that must be accepted.
func validPromises(promised register) {
	// That an event has what was sent is a law of the contract, judged with every
	// answer; what is left here is that it is still so later.
	promised("valid", "an event that was accepted is read back as it was answered", func(c *client) {
		c.holds(many, func(g *generated) {
			made := g.ask(call{method: "POST", path: events, body: g.valid().Draw(g.T, "details").json()}, 201)
			g.reads(made.event())
		})
	})

	promised("valid", "an update replaces every detail and counts one version more", func(c *client) {
		before := c.create(c.ordinary())
		c.holds(many, func(g *generated) {
			seen := g.ask(call{method: "GET", path: events + "/" + before.ID}, 200)
			update := call{method: "PUT", path: events + "/" + before.ID, body: g.valid().Draw(g.T, "details").json()}
			got := g.ask(update.with("If-Match", seen.etag()), 200)
			if got.event().Version != seen.event().Version+1 {
				g.breaks(got, "an update is one version more")
			}
			if !got.event().CreatedAt.Equal(before.CreatedAt) || got.event().Status != "draft" {
				g.breaks(got, "an update leaves status and creation alone")
			}
			g.reads(got.event())
		})
	})

	promised("valid", "the same JSON may be written in any way", func(c *client) {
		c.holds(many, func(g *generated) {
			g.ask(call{method: "POST", path: events, body: rewritten(g.T, g.valid().Draw(g.T, "details"))}, 201)
		})
	})

	promised("valid", "every documented query of a list is answered", func(c *client) {
		for _, status := range statuses[1:] {
			c.inStatus(status)
		}
		c.holds(few, func(g *generated) {
			limit := edged(1, 100).Draw(g.T, "limit")
			for _, status := range statuses {
				for _, list := range []struct {
					path  string
					query url.Values
				}{
					{events, url.Values{}},
					{events, url.Values{"venue_id": {c.venue()}}},
					{"/api/v1/venues/" + c.venue() + "/events", url.Values{}},
				} {
					want := 3
					if status != "" {
						want = 1
						list.query.Set("status", status)
					}
					g.counts(want, list.path+"?"+list.query.Encode())
					list.query.Set("limit", fmt.Sprint(limit))
					g.counts(min(want, limit), list.path+"?"+list.query.Encode())
				}
			}
		})
	})

	// A description is the only detail that may be left out.
	promised("valid", "an event without a description has an empty one", func(c *client) {
		e := c.create(c.ordinary().without("description"))
		Expect(e.Description).To(BeEmpty())
		Expect(c.get(e.ID).Description).To(BeEmpty())
	})

	promised("valid", "an event may be at any of the tenant's venues", func(c *client) {
		// The longest that there may be is 128 characters.
		for _, venue := range []string{c.venue()[:1], "Hall_1.b-" + c.venue(), "0" + strings.Repeat("x", 127)} {
			testbed.AddVenue(c.lane, c.tenant, venue)
			c.create(c.ordinary().with("venue_id", text(venue)))
			page := c.do(call{method: "GET", path: "/api/v1/venues/" + venue + "/events"}, 200).page()
			Expect(page.Items).To(HaveLen(1), venue)
		}
	})
}

// reads asks for an event and compares it with what was answered before.
func (g *generated) reads(want contract.Event) {
	got := g.ask(call{method: "GET", path: events + "/" + want.ID}, 200)
	if diff := cmp.Diff(want, got.event()); diff != "" {
		g.breaks(got, "an event is read as it was answered before")
	}
}

// counts asks for a list that must have so many events.
func (g *generated) counts(want int, path string) {
	if got := g.ask(call{method: "GET", path: path}, 200); len(got.page().Items) != want {
		g.breaks(got, "a list has every event that its filters let through")
	}
}

// inStatus makes an event and brings it into a status.
func (c *client) inStatus(status string) contract.Event {
	e := c.create(c.ordinary())
	switch status {
	case "published":
		e = c.do(call{method: "POST", path: events + "/" + e.ID + "/publish"}, 200).event()
	case "cancelled":
		e = c.do(call{method: "POST", path: events + "/" + e.ID + "/cancel"}, 200).event()
	}
	Expect(e.Status).To(Equal(status))
	return e
}
