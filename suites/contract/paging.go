package contract

import (
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/suites/testbed"
)

// walk follows the cursors of a list from its first page to its last. Between
// two pages, between is done.
func (c *client) walk(path string, query url.Values, between func()) []contract.Event {
	GinkgoHelper()
	var all []contract.Event
	for range 100 { // a cursor that leads in circles must not go on for ever
		page := c.do(call{method: "GET", path: path + "?" + query.Encode()}, 200).page()
		all = append(all, page.Items...)
		if page.NextCursor == nil {
			return all
		}
		Expect(page.Items).NotTo(BeEmpty(), "a page that is not the last has something on it")
		query.Set("cursor", *page.NextCursor)
		between()
	}
	Expect(query.Get("cursor")).To(BeEmpty(), "the cursors never end")
	return nil
}

func ids(list []contract.Event) []string {
	names := []string{}
	for _, e := range list {
		names = append(names, e.ID)
	}
	return names
}

// made makes so many events.
func (c *client) made(n int) []contract.Event {
	GinkgoHelper()
	var list []contract.Event
	for range n {
		list = append(list, c.create(c.ordinary()))
	}
	return list
}

// pagingPromises are about pages and cursors.
func pagingPromises(promised register) {
	promised("paging", "the pages together have every event once, at any length", func(c *client) {
		want := ids(c.made(12))
		for _, limit := range []string{"1", "5", "6", "11", "12", "13", "100"} {
			By("limit " + limit)
			Expect(ids(c.walk(events, url.Values{"limit": {limit}}, func() {}))).To(ConsistOf(want))
			Expect(ids(c.walk("/api/v1/venues/"+c.venue()+"/events", url.Values{"limit": {limit}}, func() {}))).To(ConsistOf(want))
		}
	})

	promised("paging", "a page has twenty events unless it is asked for more", func(c *client) {
		c.made(21)
		page := c.do(call{method: "GET", path: events}, 200).page()
		Expect(page.Items).To(HaveLen(20))
		Expect(page.NextCursor).NotTo(BeNil())
		Expect(ids(c.walk(events, url.Values{}, func() {}))).To(HaveLen(21))
	})

	promised("paging", "the pages of a tenant without events are one, and empty", func(c *client) {
		page := c.do(call{method: "GET", path: events}, 200).page()
		Expect(page.Items).To(BeEmpty())
		Expect(page.NextCursor).To(BeNil())
	})

	promised("paging", "the filters hold on every page", func(c *client) {
		hall := "hall-" + c.venue()
		testbed.AddVenue(c.lane, c.tenant, hall)
		var want []string
		for range 3 {
			c.inStatus("draft")
			c.inStatus("cancelled")
			e := c.create(c.ordinary().with("venue_id", text(hall)))
			c.create(c.ordinary().with("venue_id", text(hall)))
			c.do(publish(e), 200)
			want = append(want, e.ID)
		}
		Expect(ids(c.walk(events, url.Values{"limit": {"1"}, "status": {"published"}, "venue_id": {hall}}, func() {}))).To(ConsistOf(want))
		Expect(ids(c.walk("/api/v1/venues/"+hall+"/events", url.Values{"limit": {"2"}, "status": {"published"}}, func() {}))).To(ConsistOf(want))
		Expect(c.walk(events, url.Values{"venue_id": {hall}, "limit": {"4"}}, func() {})).To(HaveLen(6))
		Expect(c.walk(events, url.Values{"status": {"cancelled"}}, func() {})).To(HaveLen(3))
	})

	// Who writes while somebody pages takes nothing away from him and shows him
	// nothing twice.
	promised("paging", "what was there is on the pages once, though more is written meanwhile", func(c *client) {
		before := ids(c.made(6))
		seen := ids(c.walk(events, url.Values{"limit": {"2"}}, func() { c.create(c.ordinary()) }))
		counted := map[string]int{}
		for _, id := range seen {
			counted[id]++
		}
		for _, id := range before {
			Expect(counted[id]).To(Equal(1), id)
		}
		Expect(counted).To(HaveLen(len(seen)))
	})

	promised("paging", "another tenant's cursor shows nothing of that tenant", func(c *client) {
		other := c.another()
		other.made(3)
		cursor := other.do(call{method: "GET", path: events + "?limit=1"}, 200).page().NextCursor
		Expect(cursor).NotTo(BeNil())
		mine := ids(c.made(2))
		got := c.do(call{method: "GET", path: events + "?cursor=" + url.QueryEscape(*cursor)}, 200, 400)
		for _, e := range got.page().Items {
			Expect(mine).To(ContainElement(e.ID))
		}
	})
}
