package contract

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/scenarios/contract"
	"github.com/runproof/runproof/suites/testbed"
)

// events is where the tenant's events are; the rest of a path comes after it.
const events = "/api/v1/events"

// client asks one service on behalf of one tenant, and has every answer judged.
type client struct {
	suite  *Suite
	ctx    context.Context // of the spec
	lane   *lane.Lane
	tenant string
	judge  *contract.Contract
	seen   contract.Coverage
	// different is what lanes of the client's own have besides.
	different []testbed.Option
	// shrinkTime bounds the search for a smaller counter-example; empty: the usual.
	shrinkTime string
	// slow is set once a request got no whole answer, or one that a slow host explains.
	slow *atomic.Bool
}

// newClient is a client of a tenant that nobody has used yet.
func (s *Suite) newClient(ctx context.Context, l *lane.Lane) *client {
	return &client{
		suite: s, ctx: ctx, lane: l, tenant: testbed.NewTenant(l),
		judge: contract.Own(), seen: contract.Coverage{}, slow: &atomic.Bool{},
	}
}

// another is a client of the same service for another tenant.
func (c *client) another() *client {
	other := c.suite.newClient(c.ctx, c.lane)
	other.slow = c.slow
	return other
}

// of is the same client for another tenant.
func (c *client) of(tenant string) *client {
	other := *c
	other.tenant = tenant
	return &other
}

// venue is the id of the tenant's first venue.
func (c *client) venue() string { return c.lane.Adapter.Venue(c.tenant) }

// call is one request. The adapter adds the token, the tenant and the content
// type; a header given here replaces its own, and an empty one takes it away.
type call struct {
	method, path string
	body         string
	header       map[string]string
}

// with is the call with one header more.
func (c call) with(name, value string) call {
	header := map[string]string{name: value}
	for n, v := range c.header {
		if n != name {
			header[n] = v
		}
	}
	c.header = header
	return c
}

// reply is an exchange with what is wrong with it.
type reply struct {
	sent     contract.Request
	got      contract.Answer
	err      error // no answer, or one that broke off
	findings []contract.Finding
}

// try makes a call and judges the answer, but leaves it to the caller to mind.
func (c *client) try(it call) reply {
	r := adapter.Request{Method: it.method, Path: it.path, Tenant: c.tenant, Header: it.header}
	if it.body != "" {
		r.Body, r.Raw = adapter.BodyRaw, []byte(it.body)
	}
	answer := c.lane.Adapter.Do(c.ctx, r)
	got := reply{
		sent: contract.Request{Method: it.method, Path: it.path, Header: answer.Sent, Body: r.Raw},
		got:  contract.Answer{Status: answer.Status, Header: answer.Header, Body: answer.Body},
		err:  answer.Err,
	}
	c.notes(got)
	if got.err == nil {
		got.findings = c.judge.Judge(got.sent, got.got)
		c.seen.Record(contract.Own(), got.sent, got.got)
	}
	return got
}

// notes remembers a reply that a slow host explains: none, or a service that says
// that it, or what it waits for, had no time.
func (c *client) notes(got reply) {
	if got.err != nil || slices.Contains([]int{408, 503, 504}, got.got.Status) {
		c.slow.Store(true)
	}
}

// do makes a call whose answer must keep the contract and have one of these
// statuses; without any, the status does not matter.
func (c *client) do(it call, statuses ...int) reply {
	GinkgoHelper()
	got := c.try(it)
	Expect(got.broken(statuses...)).To(BeEmpty(), got.String())
	return got
}

// broken says in one line that does not depend on what was generated what is
// wrong with the reply; empty: nothing is.
func (r reply) broken(statuses ...int) string {
	switch {
	case r.err != nil:
		return "there is no whole answer"
	case len(r.findings) > 0:
		return string(r.findings[0].Rule)
	case len(statuses) == 0:
		return ""
	}
	for _, status := range statuses {
		if r.got.Status == status {
			return ""
		}
	}
	return fmt.Sprintf("a %d, expected %s", r.got.Status, strings.Trim(strings.ReplaceAll(fmt.Sprint(statuses), " ", " or "), "[]"))
}

// String shows the exchange so that it can be made again by hand.
func (r reply) String() string {
	lines := []string{r.sent.Curl()}
	if r.err != nil {
		lines = append(lines, "error: "+r.err.Error())
	}
	lines = append(lines, fmt.Sprintf("answer: %d %.600q", r.got.Status, r.got.Body))
	for _, f := range r.findings {
		lines = append(lines, f.String())
	}
	return strings.Join(lines, "\n")
}

func (r reply) event() (e contract.Event) {
	_ = json.Unmarshal(r.got.Body, &e)
	return e
}

func (r reply) page() (p contract.Page) {
	_ = json.Unmarshal(r.got.Body, &p)
	return p
}

func (r reply) problem() (p contract.Problem) {
	_ = json.Unmarshal(r.got.Body, &p)
	return p
}

func (r reply) etag() string { return r.got.Header.Get("ETag") }

// create makes an event of these details.
func (c *client) create(d details) contract.Event {
	GinkgoHelper()
	return c.do(call{method: "POST", path: events, body: d.json()}, 201).event()
}

// get reads an event of the tenant.
func (c *client) get(id string) contract.Event {
	GinkgoHelper()
	return c.do(call{method: "GET", path: events + "/" + id}, 200).event()
}

// tag is an event's version as an entity tag.
func tag(e contract.Event) string { return fmt.Sprintf("%q", fmt.Sprint(e.Version)) }
