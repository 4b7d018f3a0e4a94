package contract

import (
	"strings"

	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
)

// served is the service's own document.
func (c *client) served() *contract.Contract {
	document, err := contract.Load(c.do(call{method: "GET", path: "/openapi.json"}, 200).got.Body)
	Expect(err).NotTo(HaveOccurred())
	return document
}

// documentPromises are about the document that is served, and the probes.
func documentPromises(promised register) {
	promised("document", "the served document says what the contract says", func(c *client) {
		Expect(strings.Join(contract.Compare(c.served()), "\n")).To(BeEmpty())
	})

	promised("document", "every answer of the served document has a schema", func(c *client) {
		Expect(c.served().Uncovered()).To(BeEmpty())
	})

	// A round through every operation, well and badly asked, judged by the
	// service's own words.
	promised("document", "the service keeps the document that it serves", func(c *client) {
		document := c.served()
		for _, o := range c.operations() {
			own := *c
			own.judge = document
			own.do(o.with("Authorization", ""), 401)
			own.do(o.with("X-Tenant-ID", "other"), 403)
			own.do(o.call, o.status)
			if o.body != "" {
				own.do(call{method: o.method, path: o.path, body: "{}", header: o.header}, 422)
				own.do(call{method: o.method, path: o.path, body: "[]", header: o.header}, 400)
				own.do(o.with("Content-Type", "text/plain"), 415)
			}
		}
		own := *c
		own.judge = document
		for _, path := range []string{"/health/live", "/health/ready", "/metrics"} {
			own.do(call{method: "GET", path: path}, 200)
		}
	})

	// Runbook, "Health Checks" and "Manual Health Check", word for word.
	promised("health", "liveness and readiness say what the runbook prints", func(c *client) {
		Expect(c.do(call{method: "GET", path: "/health/live"}, 200).got.Body).To(MatchJSON(`{ "status": "UP" }`))
		ready := c.do(call{method: "GET", path: "/health/ready"}, 200)
		for _, printed := range []string{`"status":"UP"`, `"service":"event-service"`, `"version":"1.0.0"`, `"database":"UP"`, `"redis":"UP"`, `"memory":"OK"`, `"diskSpace":"OK"`} {
			Expect(string(ready.got.Body)).To(ContainSubstring(printed))
		}
	})

	promised("health", "a HEAD is a GET without its body", func(c *client) {
		e := c.create(c.ordinary())
		for _, path := range []string{"/health/live", "/health/ready", "/metrics", "/openapi.json", events, events + "/" + e.ID} {
			c.do(call{method: "HEAD", path: path}, 200)
		}
		c.do(call{method: "HEAD", path: events + "/x"}, 400)
	})

	promised("health", "the metrics count the requests", func(c *client) {
		e := c.create(c.ordinary())
		got := string(c.do(call{method: "GET", path: "/metrics"}, 200).got.Body)
		Expect(got).To(MatchRegexp(`(?m)^[a-z_]*requests_total\{[^}]*201[^}]*\} [1-9]`))
		Expect(got).NotTo(ContainSubstring(e.ID), "a path with an id in it is a new series for each event")
	})
}
