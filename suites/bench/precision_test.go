package bench_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

const (
	// wantedError is what a measured time may be wrong by, for times up to a second.
	wantedError = 20 * time.Millisecond
	// longestTime is the longest that a service of the measurement takes.
	longestTime = time.Second
	// playedAtOnce is how many are played side by side: they wait nearly all the time.
	playedAtOnce = 8
)

// measurePrecision plays scenarios against services that turn bad and good at
// times which are known, and compares what the judge says.
func measurePrecision(t *testing.T, b *bench) {
	trials := either(b, 60, 24)
	var mu sync.Mutex
	var detect, recovery []time.Duration
	var running sync.WaitGroup
	slots := make(chan struct{}, playedAtOnce)
	for i := range trials {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			// Evenly spread, and each once at a moment of the poll's own choice.
			even := longestTime * time.Duration(i) / time.Duration(trials)
			w := newTimed(even, rand.N(longestTime))
			defer w.server.Close()
			r := w.played(t.Context())
			mu.Lock()
			defer mu.Unlock()
			if r.Detect == nil || r.Recover == nil {
				t.Errorf("%s %s: nothing was detected, or no recovery", r.Verdict, r.Reason)
				return
			}
			detect = append(detect, (*r.Detect - w.badAfter).Abs())
			recovery = append(recovery, (*r.Recover - w.goodAfter).Abs())
		})
	}
	running.Wait()
	if t.Failed() {
		return
	}
	for _, of := range []struct {
		what   string
		errors []time.Duration
	}{{"detect", detect}, {"recover", recovery}} {
		slices.Sort(of.errors)
		b.durations("measured time to "+of.what+": largest error / wanted", of.errors[trials-1],
			fmt.Sprintf("(median %s, %d times up to %s)", short(median(of.errors)), trials, longestTime), wantedError, "")
	}
}

// timed is a world whose service turns bad and good some time after the injection
// and the healing.
type timed struct {
	badAfter, goodAfter time.Duration

	server           *httptest.Server
	injected, healed atomic.Pointer[time.Time]
}

func newTimed(badAfter, goodAfter time.Duration) *timed {
	w := &timed{badAfter: badAfter, goodAfter: goodAfter}
	since := func(at *atomic.Pointer[time.Time], least time.Duration) bool {
		began := at.Load()
		return began != nil && time.Since(*began) >= least
	}
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		if since(&w.injected, w.badAfter) && !since(&w.healed, w.goodAfter) {
			rw.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	return w
}

// played is what the judge says of a scenario played in the world.
func (w *timed) played(ctx context.Context) judge.Result {
	s := scenarios.Scenario{
		ID: "timed", Severity: scenarios.P1, Fault: fault.Refuse(fault.Postgres), Load: scenarios.Load{Rate: 50},
		Steady: []scenarios.Expectation{scenarios.GET("/").Answers(200)},
		During: []scenarios.Expectation{scenarios.GET("/").Answers(503).Proves("timed")},
		After:  []scenarios.Expectation{scenarios.GET("/").Answers(200)},
	}
	var recording record.Recording
	play.Play(ctx, s, w, scenarios.Verify, &recording)
	return judge.Judge(s, scenarios.Verify, false, recording.Events())
}

// Observe implements world.World.
func (w *timed) Observe(ctx context.Context, p scenarios.Probe, _ time.Time) scenarios.Observation {
	o := scenarios.Observation{At: time.Now()}
	if p.Kind == scenarios.ProbeAudit {
		o.Audit = &audit.Facts{} // nothing was written
		return o
	}
	request, err := http.NewRequestWithContext(ctx, p.Method, w.server.URL+p.Path, nil)
	if err == nil {
		var response *http.Response
		if response, err = w.server.Client().Do(request); err == nil {
			o.Status = response.StatusCode
			err = response.Body.Close()
		}
	}
	if err != nil {
		o.Err, o.Class = err.Error(), scenarios.ClassOther
	}
	o.Took = time.Since(o.At)
	return o
}

// Load implements world.World: the requests of this load are answered at once,
// and say nothing of the service.
func (w *timed) Load(ctx context.Context, plan scenarios.Load, told world.LoadObserver) error {
	const kind = "GET /"
	told.Begins([]string{kind})
	ticker := time.NewTicker(time.Second / time.Duration(plan.Rate))
	defer ticker.Stop()
	for ctx.Err() == nil {
		now := time.Now()
		told.Sent(now)
		told.Done(record.Hit{Route: kind, Kind: kind, Due: now, Sent: now, Done: time.Now(), Status: http.StatusOK})
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
	return nil
}

// Prepare implements world.World.
func (w *timed) Prepare(context.Context, fault.Fault) (world.Injection, error) { return w, nil }

// Inject implements world.Injection.
func (w *timed) Inject(context.Context) error { return mark(&w.injected) }

// Heal implements world.Injection.
func (w *timed) Heal(context.Context) error { return mark(&w.healed) }

func mark(at *atomic.Pointer[time.Time]) error {
	now := time.Now()
	at.CompareAndSwap(nil, &now)
	return nil
}

// Witness implements world.Injection.
func (w *timed) Witness(context.Context) record.WitnessReport {
	if w.injected.Load() != nil && w.healed.Load() == nil {
		return record.WitnessReport{Presence: record.Active}
	}
	return record.WitnessReport{Presence: record.Inactive}
}

// Close implements world.Injection.
func (*timed) Close() {}

// What the scenario does not need.

// Prove implements world.World.
func (*timed) Prove(context.Context) error { return nil }

// Stalls implements world.World.
func (*timed) Stalls(time.Time) []record.Stall { return nil }

// Start implements world.World.
func (*timed) Start(context.Context) error { return nil }

// Reach implements world.World.
func (*timed) Reach(context.Context) map[fault.Dependency]string { return nil }

// Do implements world.World.
func (*timed) Do(context.Context, scenarios.Remedy) ([]scenarios.Execution, error) { return nil, nil }

// Ask implements world.World.
func (*timed) Ask(context.Context, scenarios.Step) ([]scenarios.Execution, error) { return nil, nil }
