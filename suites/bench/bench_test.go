// Package bench measures what the reference service can do: requests a second
// and the 99th percentile of their latency, for get and create, with its
// dependencies reached directly and through toxiproxy.
//
//	make bench
//
// RUNPROOF_BENCH is how long each measurement takes (5s); without it there is
// none. Nothing is judged: the figures are those of one machine and one hour.
package bench_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/load"
)

// variable says how long each measurement takes, and that there is one at all.
const variable = "RUNPROOF_BENCH"

const (
	// callers ask at the same time where the most is looked for: more than the
	// pool has connections (DB_POOL_MAX), so that none of them idles.
	callers = 16
	// share of the most at which latency is measured, in percent: at the most
	// itself it says how long the queue is.
	share = 50
	// readable is how many events can be got.
	readable = 64
	// warmFor is how long they are got, slowly, before anything is measured:
	// the service caches nothing that has changed within twice its deadline
	// for a request (6 s by default), and a new event has just changed.
	warmFor  = 8 * time.Second
	warmRate = readable

	eventsPath = "/api/v1/events"
)

func TestBench(t *testing.T) {
	each, err := time.ParseDuration(os.Getenv(variable))
	if err != nil {
		t.Skipf("%s is not set to a duration: nothing is measured", variable)
	}
	site := newSite(t)
	var rows strings.Builder
	out := tabwriter.NewWriter(&rows, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "way\trequest\tmost, 1/s\tp99 at most\tat half, 1/s\tp50\tp99\tlate p99\tfailed\t\n")
	for _, way := range []struct {
		name string
		env  map[string]string
	}{{"direct", site.direct}, {"toxiproxy", site.proxied}} {
		speak := site.start(t, way.env)
		for _, request := range []struct {
			name string
			make func(*testing.T, *adapter.Adapter) func(n uint64) adapter.Request
		}{{"create", site.create}, {"get", site.get}} {
			source := load.Through(speak, request.name, request.make(t, speak))
			most := measure(t, load.Plan{Source: source, Duration: each, MaxOpen: callers, KeepAlive: true})
			rate := max(1, int(most.Rate)*share/100)
			half := measure(t, load.Plan{Source: source, Duration: each, Rate: rate, KeepAlive: true})
			fmt.Fprintf(out, "%s\t%s\t%.0f\t%s\t%.0f\t%s\t%s\t%s\t%s\t\n", way.name, request.name,
				most.Rate, short(most.Latency.P99), half.Rate, short(half.Latency.P50), short(half.Latency.P99),
				short(half.Late.P99), failures(most, half))
		}
		site.stop(t)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	fmt.Print("\n", rows.String(), "\n")
}

func measure(t *testing.T, p load.Plan) load.Summary {
	t.Helper()
	hits, err := load.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	s := load.Summarize(hits)
	if ok(s) == 0 {
		t.Fatalf("of %d requests none succeeded: %v %v", s.Sent, s.Statuses, s.Classes)
	}
	return s
}

func ok(s load.Summary) int { return s.Statuses[http.StatusOK] + s.Statuses[http.StatusCreated] }

// failures counts what did not succeed, by status or class: "503: 12".
func failures(summaries ...load.Summary) string {
	count := map[string]int{}
	for _, s := range summaries {
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
	return cmp.Or(strings.Join(list, ", "), "none")
}

func short(d time.Duration) string { return d.Round(10 * time.Microsecond).String() }

// create spreads over the tenants, each of which has a rate limit.
func (s *site) create(*testing.T, *adapter.Adapter) func(n uint64) adapter.Request { return creation }

func creation(n uint64) adapter.Request {
	return adapter.Request{
		Method: http.MethodPost, Path: eventsPath, Tenant: tenant(n), Body: adapter.BodyCreate, Name: fmt.Sprint("bench ", n),
	}
}

// get reads events that were made for it, from the cache.
func (s *site) get(t *testing.T, speak *adapter.Adapter) func(n uint64) adapter.Request {
	t.Helper()
	var paths []string
	for n := range uint64(readable) {
		answer := speak.Do(t.Context(), creation(n))
		event, err := speak.Event(answer)
		if err != nil {
			t.Fatalf("event to be got: %d %s: %v", answer.Status, answer.Body, err)
		}
		paths = append(paths, eventsPath+"/"+event.ID)
	}
	get := func(n uint64) adapter.Request {
		n %= readable
		return adapter.Request{Method: http.MethodGet, Path: paths[n], Tenant: tenant(n)}
	}
	measure(t, load.Plan{Source: load.Through(speak, "warm", get), Duration: warmFor, Rate: warmRate})
	return get
}

// tenant of a request; there are as many as callers.
func tenant(n uint64) string { return fmt.Sprint("tenant-", n%callers) }
