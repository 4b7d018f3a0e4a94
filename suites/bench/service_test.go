package bench_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/load"
)

const (
	// callers ask at the same time where the highest rate is looked for: more than the
	// pool has connections (DB_POOL_MAX), so that none of them idles.
	callers = 16
	// share of the highest rate at which latency is measured, in percent: at the
	// highest itself it says how long the queue is.
	share = 50
	// measureFor is how long each rate is kept.
	measureFor = 700 * time.Millisecond
	// readable is how many events can be got.
	readable = 64
	// warmFor is how long they are got, slowly, before cached reads are measured:
	// the service caches nothing that has changed within twice its deadline
	// for a request (6 s by default), and a new event has just changed.
	warmFor  = 8 * time.Second
	warmRate = readable

	eventsPath = "/api/v1/events"
)

// measureService measures the reference service with its dependencies reached
// directly and through toxiproxy, in turns: the ratio is what the proxies cost.
func measureService(t *testing.T, b *bench) {
	site := newSite(t)
	paths := site.createEvents(t)
	get := func(n uint64) adapter.Request {
		n %= readable
		return adapter.Request{Method: http.MethodGet, Path: paths[n], Tenant: tenant(n)}
	}
	for _, request := range []struct {
		name string
		env  map[string]string
		warm bool
		next func(n uint64) adapter.Request
	}{
		{"cached read", nil, true, get},
		{"uncached read", map[string]string{"CACHE_TTL": "0"}, false, get},
		{"create", nil, false, creation},
	} {
		if request.warm && b.short {
			b.missing(request.name+" through toxiproxy / direct", "only in the long form")
			continue
		}
		t.Run(request.name, func(t *testing.T) { // its services end with it
			direct := newCapacity(t, site, site.direct, request.env, request.next)
			through := newCapacity(t, site, site.proxied, request.env, request.next)
			if request.warm {
				measure(t, load.Plan{Source: direct.source, Duration: warmFor, Rate: warmRate})
			}
			for range either(b, 5, 1) {
				direct.measureOnce(t)
				through.measureOnce(t)
			}
			b.add(request.name+": requests per second through toxiproxy / direct", divide(median(through.rates), median(direct.rates)),
				through.rate(), direct.rate())
			b.durations(request.name+": p99 at half of that rate, through toxiproxy / direct", median(through.p99), through.failed(),
				median(direct.p99), direct.failed())
		})
	}
}

// capacity is what one service can do with one kind of request.
type capacity struct {
	source load.Source
	// rates are those of callers who ask again at once, p99 the latencies at a share
	// of that rate; one for each time.
	rates []float64
	p99   []time.Duration
	// failures are the requests that did not succeed, by status or class.
	failures map[string]int
}

func newCapacity(t *testing.T, s *site, dependencies, more map[string]string, next func(n uint64) adapter.Request) *capacity {
	t.Helper()
	env := maps.Clone(dependencies)
	maps.Copy(env, more)
	return &capacity{source: load.Through(s.start(t, env), "", next), failures: map[string]int{}}
}

// measureOnce measures the highest rate, and the latency at a share of it.
func (c *capacity) measureOnce(t *testing.T) {
	t.Helper()
	most := measure(t, load.Plan{Source: c.source, Duration: measureFor, MaxOpen: callers, KeepAlive: true})
	half := measure(t, load.Plan{Source: c.source, Duration: measureFor, Rate: max(1, int(most.Rate)*share/100), KeepAlive: true})
	c.rates, c.p99 = append(c.rates, most.Rate), append(c.p99, half.Latency.P99)
	for _, s := range []load.Summary{most, half} {
		for status, n := range s.Statuses {
			if status != http.StatusOK && status != http.StatusCreated {
				c.failures[strconv.Itoa(status)] += n
			}
		}
		for class, n := range s.Classes {
			c.failures[string(class)] += n
		}
	}
}

func (c *capacity) rate() string { return fmt.Sprintf("%.0f/s", median(c.rates)) }

// failed says what did not succeed: "(503: 12)".
func (c *capacity) failed() string {
	var list []string
	for _, what := range slices.Sorted(maps.Keys(c.failures)) {
		list = append(list, fmt.Sprintf("%s: %d", what, c.failures[what]))
	}
	return "(" + cmp.Or(strings.Join(list, ", "), "none failed") + ")"
}

func measure(t *testing.T, p load.Plan) load.Summary {
	t.Helper()
	hits, err := load.Run(t.Context(), p)
	must(t, err)
	s := load.Summarize(hits)
	if s.Statuses[http.StatusOK]+s.Statuses[http.StatusCreated] == 0 {
		t.Fatalf("of %d requests none succeeded: %v %v", s.Sent, s.Statuses, s.Classes)
	}
	return s
}

// creation spreads over the tenants, each of which has a rate limit.
func creation(n uint64) adapter.Request {
	return adapter.Request{
		Method: http.MethodPost, Path: eventsPath, Tenant: tenant(n), Body: adapter.BodyCreate, Name: fmt.Sprint("bench ", n),
	}
}

// createEvents makes the events that are read, and returns their paths.
func (s *site) createEvents(t *testing.T) []string {
	t.Helper()
	speak := s.start(t, s.direct)
	var paths []string
	for n := range uint64(readable) {
		answer := speak.Do(t.Context(), creation(n))
		event, err := speak.Event(answer)
		if err != nil {
			t.Fatalf("event to be got: %d %s: %v", answer.Status, answer.Body, err)
		}
		paths = append(paths, eventsPath+"/"+event.ID)
	}
	return paths
}

// tenant of a request; there are as many as callers.
func tenant(n uint64) string { return fmt.Sprint("tenant-", n%callers) }
