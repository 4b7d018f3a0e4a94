package contract

import (
	"net/http"
	"strings"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"github.com/runproof/runproof/scenarios/contract"
)

// contractGet is a GET of a path in the contract's terms.
func contractGet(path string) contract.Request {
	return contract.Request{Method: http.MethodGet, Path: path, Header: http.Header{}}
}

// requestsPromises are about the request around the body.
func requestsPromises(promised register) {
	promised("requests", "a body of another type is refused", func(c *client) {
		before := c.create(c.ordinary())
		for _, kind := range []string{"", "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonp", "json", "application/json;;", "multipart/form-data; boundary=x"} {
			post := call{method: "POST", path: events, body: c.ordinary().json()}
			update := call{method: "PUT", path: events + "/" + before.ID, body: post.body}.with("If-Match", tag(before))
			c.do(post.with("Content-Type", kind), 415)
			c.do(update.with("Content-Type", kind), 415)
		}
		for _, kind := range []string{"application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"} {
			c.do(call{method: "POST", path: events, body: c.ordinary().json()}.with("Content-Type", kind), 201)
		}
		c.do(call{method: "POST", path: events}, 400, 415)
	})

	// The bound itself is the service's own; this is above what any event takes,
	// and small enough to be sent whole before the answer ends the connection. The
	// longest description is below.
	promised("requests", "a body larger than any event is refused", func(c *client) {
		before := c.create(c.ordinary())
		body := c.ordinary().with("description", text(strings.Repeat("d", 128<<10))).json()
		c.do(call{method: "POST", path: events, body: body}, 413)
		c.do(call{method: "PUT", path: events + "/" + before.ID, body: body}.with("If-Match", tag(before)), 413)
		c.create(c.ordinary().with("description", text(strings.Repeat("𝄞", longestDescription))))
	})

	promised("requests", "a precondition that is none is refused", func(c *client) {
		before := c.create(c.ordinary())
		path := events + "/" + before.ID
		c.holds(many, func(g *generated) {
			value := drawn(g.T, "If-Match", "1", `"1`, `1"`, `""1""`, "W/1", `w/"1"`, `"1", "2"`, "**", "null", `'1'`, "\x80")
			it := drawn(g.T, "operation",
				call{method: "PUT", path: path, body: c.ordinary().json()},
				call{method: "POST", path: path + "/publish"},
				call{method: "POST", path: path + "/cancel"},
			)
			g.ask(it.with("If-Match", value), 400)
		})
		Expect(c.get(before.ID)).To(Equal(before))
	})

	promised("requests", "an idempotency key that is none is refused", func(c *client) {
		for _, key := range []string{" ", "a b", "\x80", "ü", "a\tb", strings.Repeat("k", 256)} {
			got := c.try(call{method: "POST", path: events, body: c.ordinary().json()}.with("Idempotency-Key", key))
			if key == " " {
				// HTTP itself strips it: an empty key may be none at all.
				Expect(got.broken(201, 400)).To(BeEmpty(), got.String())
				continue
			}
			Expect(got.broken(400)).To(BeEmpty(), got.String())
			Expect(got.problem().Fields()).To(ConsistOf("Idempotency-Key"), got.String())
		}
		c.do(call{method: "POST", path: events, body: c.ordinary().json()}.with("Idempotency-Key", "!"+strings.Repeat("~", 254)), 201)
	})

	// What a caller may put into headers that have nothing to do with the request
	// is answered as if it were not there. The id of the request is law.
	promised("requests", "no other header changes the answer", func(c *client) {
		e := c.create(c.ordinary())
		values := rapid.OneOf(rapid.StringMatching(`[!-~]{1,40}`), rapid.StringMatching(`[ -~]{1,200}`), rapid.Just("*/*;q=0"),
			rapid.Just("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), rapid.Just("bytes=0-1"), rapid.Just(strings.Repeat("x", 8000))).
			Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
		c.holds(few*2, func(g *generated) {
			value := values.Draw(g.T, "value")
			for _, name := range []string{"X-Request-ID", "Accept", "Accept-Language", "If-None-Match", "If-Modified-Since", "Range", "Cookie", "X-Forwarded-For", "Traceparent", "User-Agent", "Content-Type"} {
				if name == "If-None-Match" && strings.Contains(value, "*") {
					continue // it may mean any version
				}
				got := g.ask(call{method: "GET", path: events + "/" + e.ID}.with(name, value), 200)
				if got.event() != e {
					g.breaks(got, "a header that means nothing changes nothing")
				}
			}
		})
	})

	promised("requests", "what is no operation is a 404 or a 405 like any other error", func(c *client) {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LOCK", "get", "BREW"} {
			for _, path := range []string{"/", "/health", "/health/live", "/health/ready", "/health/live/", "/metrics", "/openapi.json", "/openapi.yaml", "/api", "/api/v1", "/api/v2/events",
				events, events + "/", events + "/x", events + "/x/", events + "/x/publish", events + "/x/delete", "/api/v1/venues", "/api/v1/venues/v/events", "/api/v1/venues/v",
				"/debug/pprof/", "/.env", "/admin", "/API/V1/EVENTS", "/%00",
				// Nobody is led from one path to another.
				"//", events + "//", events + "//publish", events + "/../events", "/health//live", "/./metrics", "/" + strings.Repeat("a", 2000)} {
				if o, _, _ := c.judge.Find(method, path); o != nil {
					continue // an operation: it has promises of its own
				}
				c.do(call{method: method, path: path})
			}
		}
	})
}
