package contract

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

// invalidPromises are about requests that must be refused.
func invalidPromises(promised register) {
	// each way of changing a body is a promise of its own, so that each is tried
	// often enough, and each is seen broken.
	for _, m := range mutations {
		promised("invalid", "a body is refused when "+m.name, func(c *client) {
			before := c.create(c.ordinary())
			// Any version, so that a body that is accepted is accepted again, and a
			// smaller one is found.
			update := call{method: "PUT", path: events + "/" + before.ID}.with("If-Match", "*")
			c.holds(many*2, func(g *generated) {
				bad := m.mutate(g.T, c.ordinary())
				it := call{method: "POST", path: events}
				if rapid.Bool().Draw(g.T, "as an update") {
					it = update
				}
				it.body = bad.body
				got := g.ask(it, bad.statuses...)
				if bad.field != "" && !slices.Contains(got.problem().Fields(), bad.field) {
					g.breaks(got, "a refusal names the field that is wrong")
				}
			})
			Expect(c.get(before.ID)).To(Equal(before), "a refused update changes nothing")
			Expect(c.do(call{method: "GET", path: events}, 200).page().Items).To(HaveLen(1), "a refused create makes nothing")
		})
	}

	// Runbook, "Event Creation Failures", step 1.
	promised("invalid", "an empty object is answered with every field that it lacks", func(c *client) {
		got := c.do(call{method: "POST", path: events, body: "{}"}, 422)
		Expect(got.problem().Fields()).To(ConsistOf(required))
	})

	promised("invalid", "everything that is wrong with the values is said at once", func(c *client) {
		d := c.ordinary().with("name", `""`).with("capacity", "0").with("currency", `"eur"`)
		Expect(c.do(call{method: "POST", path: events, body: d.json()}, 422).problem().Fields()).To(ConsistOf("name", "capacity", "currency"))
	})

	promised("invalid", "a venue that the tenant does not have is refused", func(c *client) {
		other := c.another()
		for n := range manyUnknown {
			for _, venue := range []string{fmt.Sprint("nowhere-", n), other.venue()} {
				got := c.do(call{method: "POST", path: events, body: c.ordinary().with("venue_id", text(venue)).json()}, 422)
				Expect(got.problem().Fields()).To(ConsistOf("venue_id"))
			}
		}
		c.create(c.ordinary())
	})

	// Anything at all: the judge finds what is accepted though the document rules
	// it out, and nothing that a caller sends is the service's own failure.
	promised("invalid", "no body whatever is a failure of the service", func(c *client) {
		c.holds(many*2, func(g *generated) {
			body := rapid.OneOf(
				rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(rapid.Byte(), 1, 200).Draw(t, "bytes")) }),
				rapid.Custom(func(t *rapid.T) string { return anyJSON(t, 3) }),
				rapid.Custom(func(t *rapid.T) string { return anyDetails(t, c.ordinary()) }),
			).Draw(g.T, "body")
			g.ask(call{method: "POST", path: events, body: body}, 201, 400, 422)
		})
	})

	promised("invalid", "an id that is none is a 400, an unknown one a 404", func(c *client) {
		ids := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`),
			rapid.SampledFrom([]string{"' OR 1=1 --", "%", "\x00", "{}", "null", "0", "urn:uuid:0190a1b2-0000-7000-8000-000000000001",
				"{0190a1b2-0000-7000-8000-000000000001}", "0190a1b2000070008000000000000001", strings.Repeat("a", 4000)}),
		).Filter(func(s string) bool { return s != "/" && strings.Trim(s, ".") != "" }) // a path of these is another path
		c.holds(many, func(g *generated) {
			for _, id := range []string{ids.Draw(g.T, "id"), "0190a1b2-0000-7000-8000-000000000001"} {
				at := events + "/" + url.PathEscape(id)
				it := drawn(g.T, "operation",
					call{method: "GET", path: at},
					call{method: "PUT", path: at, body: c.ordinary().json(), header: map[string]string{"If-Match": `"1"`}},
					call{method: "POST", path: at + "/publish"},
					call{method: "POST", path: at + "/cancel"},
				)
				got := g.ask(it, 400, 404)
				if isUUID := g.judge.Refuses(contractGet(at)) == nil; isUUID != (got.got.Status == 404) {
					g.breaks(got, "a 404 is for ids, a 400 for what is none")
				}
			}
		})
		for _, id := range []string{"%2F", "a%2F%2Fb", "%2E%2E%2Fx", "%2E"} {
			c.do(call{method: "GET", path: events + "/" + id}, 400, 404)
		}
	})

	promised("invalid", "a query that is not documented is refused, and the parameter named", func(c *client) {
		c.holds(many*2, func(g *generated) {
			name, raw := "", ""
			switch rapid.IntRange(0, 4).Draw(g.T, "what") {
			case 0:
				name = "limit"
				raw = drawn(g.T, "limit", "", "0", "-1", "101", "abc", "1.5", "1e1", "0x5", "99999999999999999999", "١٢", " 5", "5 ", "null", "5,6")
			case 1:
				name = "status"
				raw = drawn(g.T, "status", "", "Draft", "DRAFT", "deleted", "draft,published", "draft ", "*", "null", "' OR 1=1 --")
			case 2:
				name = "cursor"
				raw = rapid.OneOf(rapid.SampledFrom([]string{"", "a", "x y", "../", "null", "0", "AAAA", strings.Repeat("A", 23), strings.Repeat("A", 4000), "\x00"}),
					rapid.StringMatching(`[A-Za-z0-9_-]{1,15}`)).Draw(g.T, "cursor")
			case 3:
				name = "venue_id"
				raw = drawn(g.T, "venue_id", "", "../v", "a b", "é", strings.Repeat("v", 129), "v\x00", "-")
			default:
				name = rapid.StringMatching(`[a-z_]{1,12}`).Filter(func(s string) bool {
					return !slices.Contains([]string{"limit", "status", "cursor", "venue_id"}, s)
				}).Draw(g.T, "name")
				raw = drawn(g.T, "value", "", "1", "x")
			}
			path := drawn(g.T, "list", events, "/api/v1/venues/"+c.venue()+"/events")
			got := g.ask(call{method: "GET", path: path + "?" + url.Values{name: {raw}}.Encode()}, 400)
			if !slices.Contains(got.problem().Fields(), name) {
				g.breaks(got, "a refusal names the parameter that is wrong")
			}
		})
		for _, query := range []string{"limit=1&limit=2", "status=draft&status=draft", "limit=%zz", "limit=1;status=draft"} {
			c.do(call{method: "GET", path: events + "?" + query}, 400)
		}
		for _, venue := range []string{"a%20b", "%2e%2e%2fv", strings.Repeat("v", 129), "%00"} {
			c.do(call{method: "GET", path: "/api/v1/venues/" + venue + "/events"}, 400)
		}
	})
}

// manyUnknown is more than the failures at which any breaker opens: a venue
// that is not there is an answer, and no failure of who says so.
const manyUnknown = 12

// anyJSON is a JSON value of any kind.
func anyJSON(t *rapid.T, depth int) string {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return drawn(t, "word", "null", "true", "false")
	case 1:
		return text(rapid.String().Draw(t, "text"))
	case 2:
		raw, _ := json.Marshal(rapid.Float64Range(-1e18, 1e18).Draw(t, "number"))
		return string(raw)
	case 3:
		return drawn(t, "number", "0", "-0", "1", "100", "1e2", "1E-2", "9007199254740993", "1e999")
	case 4:
		var list []string
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			list = append(list, anyJSON(t, depth-1))
		}
		return "[" + strings.Join(list, ",") + "]"
	default:
		var d details
		for range rapid.IntRange(0, 3).Draw(t, "fields") {
			d = append(d, value{rapid.OneOf(rapid.SampledFrom(required), rapid.String()).Draw(t, "name"), anyJSON(t, depth-1)})
		}
		return d.json()
	}
}

// anyDetails has the right fields and anything in some of them.
func anyDetails(t *rapid.T, d details) string {
	for range rapid.IntRange(1, 3).Draw(t, "changes") {
		d = d.with(drawn(t, "field", append([]string{"description"}, required...)...), anyJSON(t, 1))
	}
	return d.json()
}
