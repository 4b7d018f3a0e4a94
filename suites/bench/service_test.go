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
	// readable is how many events can be got.
	readable = 64
	// warmFor is how long they are got, slowly, before cached reads are measured:
	// the service caches nothing that has changed within twice its deadline
	// for a request (6 s by default), and a new event has just changed.
	warmFor  = 8 * time.Second
	warmRate = readable

	eventsPath = "/api/v1/events"
)

// capacity is what the service can do with one kind of request.
type capacity struct {
	// most are the requests of callers who ask again at once, half those at a share
	// of that rate.
	most, half load.Summary
}

// measureService measures the reference service, with its dependencies reached
// directly and through toxiproxy, whose cost is the ratio.
func measureService(t *testing.T, b *bench) {
	each := either(b, 3*time.Second, 700*time.Millisecond)
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
		through := site.capacity(t, site.proxied, request.env, request.next, each, request.warm)
		direct := site.capacity(t, site.direct, request.env, request.next, each, false)
		b.add(request.name+": requests per second through toxiproxy / direct", divide(through.most.Rate, direct.most.Rate), through.rate(), direct.rate())
		b.durations(request.name+": p99 at half of that rate, through toxiproxy / direct", through.half.Latency.P99, through.failures(), direct.half.Latency.P99, direct.failures())
	}
}

// capacity starts the service, measures one kind of request, and stops it.
func (s *site) capacity(t *testing.T, dependencies, more map[string]string, next func(n uint64) adapter.Request, each time.Duration, warm bool) capacity {
	t.Helper()
	env := maps.Clone(dependencies)
	maps.Copy(env, more)
	source := load.Through(s.start(t, env), "", next)
	defer s.stop(t)
	if warm {
		measure(t, load.Plan{Source: source, Duration: warmFor, Rate: warmRate})
	}
	most := measure(t, load.Plan{Source: source, Duration: each, MaxOpen: callers, KeepAlive: true})
	half := measure(t, load.Plan{Source: source, Duration: each, Rate: max(1, int(most.Rate)*share/100), KeepAlive: true})
	return capacity{most, half}
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

func (c capacity) rate() string { return fmt.Sprintf("%.0f/s", c.most.Rate) }

// failures counts what did not succeed, by status or class: "(503: 12)".
func (c capacity) failures() string {
	count := map[string]int{}
	for _, s := range []load.Summary{c.most, c.half} {
		for status, n := range s.Statuses {
			if status != http.StatusOK && status != http.StatusCreated {
				count[strconv.Itoa(status)] += n
			}
		}
		for class, n := range s.Classes {
			count[string(class)] += n
		}
	}
	var list []string
	for _, what := range slices.Sorted(maps.Keys(count)) {
		list = append(list, fmt.Sprintf("%s: %d", what, count[what]))
	}
	return "(" + cmp.Or(strings.Join(list, ", "), "none failed") + ")"
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
	defer s.stop(t)
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
