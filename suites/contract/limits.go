package contract

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/suites/testbed"
)

// slowWithin bounds the wait for a service to give up on a body that does not
// come: it is to be far longer than any request's own deadline.
const slowWithin = 30 * time.Second

// limitsPromises are about slow bodies and too many requests.
func limitsPromises(promised register) {
	promised("requests", "a body that does not come is given up", func(c *client) {
		e := c.create(c.ordinary())
		for _, it := range []call{{method: "POST", path: events, body: c.ordinary().json()}, update(e, c.ordinary(), tag(e))} {
			got := c.slowly(it)
			Expect(got.broken(408)).To(BeEmpty(), got.String())
		}
		Expect(c.all()).To(ConsistOf(e))
	})

	promised("requests", "a tenant that asks too often is told when to come back", func(c *client) {
		limited := *c
		limited.lane = c.suite.openForSpec(c.ctx, "contract-limited", append(c.different, testbed.Environment(limitVariable, limit))...)
		operations := c.operations()
		for _, o := range operations {
			Expect(limited.untilLimited(o.call)).To(BeTrue(), "%s %s was never refused", o.method, o.path)
		}
		other := limited.of(testbed.NewTenant(limited.lane))
		other.do(call{method: "GET", path: events}, 200)
	})
}

// slowly sends all but the last byte of a call's body, and waits.
func (c *client) slowly(it call) (got reply) {
	at, err := url.Parse(c.lane.Adapter.URL)
	Expect(err).NotTo(HaveOccurred())
	request, err := http.NewRequestWithContext(c.ctx, it.method, at.String()+it.path, nil)
	Expect(err).NotTo(HaveOccurred())
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+c.token(nil))
	for name, value := range it.header {
		request.Header.Set(name, value)
	}
	got.sent = contract.Request{Method: it.method, Path: it.path, Header: request.Header, Body: []byte(it.body)}

	connection, err := net.DialTimeout("tcp", at.Host, slowWithin)
	Expect(err).NotTo(HaveOccurred())
	defer connection.Close()
	Expect(connection.SetDeadline(time.Now().Add(slowWithin))).To(Succeed())
	_, err = fmt.Fprintf(connection, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n", it.method, it.path, at.Host, len(it.body))
	Expect(err).NotTo(HaveOccurred())
	Expect(request.Header.Write(connection)).To(Succeed())
	_, err = io.WriteString(connection, "\r\n"+it.body[:len(it.body)-1])
	Expect(err).NotTo(HaveOccurred())

	answer, err := http.ReadResponse(bufio.NewReader(connection), request)
	if err != nil {
		got.err = err
		c.notes(got)
		return got
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	got.got, got.err = contract.Answer{Status: answer.StatusCode, Header: answer.Header, Body: body}, err
	got.findings = c.judge.Judge(got.sent, got.got)
	c.seen.Record(contract.Own(), got.sent, got.got)
	return got
}

// The limit is the reference's own setting, far above what a suite asks for,
// so a service with another one answers here.
const (
	limitVariable = "RATE_LIMIT"
	limit         = "4" // requests a second
	// limitedWithin is longer than a service may count nothing because its Redis
	// was slow for a moment (the reference rests it for a second).
	limitedWithin = 5 * time.Second
)

// untilLimited asks until it is refused; every answer keeps the contract.
func (c *client) untilLimited(it call) bool {
	for until := time.Now().Add(limitedWithin); time.Now().Before(until); {
		if c.do(it).got.Status == http.StatusTooManyRequests {
			return true
		}
	}
	c.slow.Store(true) // too few requests in a second are no reason to refuse one
	return false
}
