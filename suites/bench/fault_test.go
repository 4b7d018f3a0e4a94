package bench_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// feltWithin bounds the wait for a request that feels a fault, or its end.
const feltWithin = 30 * time.Second

// measureFault asks without a pause while a fault is injected and healed. A ratio
// of one means that the very next request feels it.
func measureFault(t *testing.T, b *bench) {
	_, testbed := newTestbed(t, stack.KindProcesses)
	w, shut, err := testbed.Open(t.Context(), faulty(), record.Playing{Scenario: "fault"})
	must(t, err)
	t.Cleanup(func() { must(t, shut(context.Background())) })
	must(t, w.Start(t.Context()))
	// It needs the database each time: a list without a venue is never cached.
	list := scenarios.GET("/api/v1/events").Spec().Probe
	answers := func(status int) time.Time {
		t.Helper()
		var seen scenarios.Observation
		gomega.NewWithT(t).Eventually(func() int {
			seen = w.Observe(t.Context(), list, time.Now())
			return seen.Status
		}, feltWithin, time.Nanosecond).Should(gomega.Equal(status))
		return seen.Ended()
	}
	var healthy, felt, healed []time.Duration
	for range either(b, 10, 3) {
		answers(http.StatusOK)
		for range 10 {
			began := time.Now()
			healthy = append(healthy, answers(http.StatusOK).Sub(began))
		}
		inject, heal := injection(t, w)
		injected := inject()
		felt = append(felt, answers(http.StatusServiceUnavailable).Sub(injected))
		lifted := heal()
		healed = append(healed, answers(http.StatusOK).Sub(lifted))
	}
	b.durations("injection done to first request that fails / a healthy request", median(felt), "", median(healthy), "")
	b.durations("healing done to first request that succeeds / a healthy request", median(healed), "", median(healthy), "")
}

// injection prepares the fault; what it returns puts it in force, or lifts it, and
// says when that was done.
func injection(t *testing.T, w world.World) (inject, heal func() time.Time) {
	t.Helper()
	i, err := w.Prepare(t.Context(), faulty().Fault)
	must(t, err)
	t.Cleanup(i.Close)
	done := func(do func(context.Context) error) func() time.Time {
		return func() time.Time {
			t.Helper()
			must(t, do(t.Context()))
			return time.Now()
		}
	}
	return done(i.Inject), done(i.Heal)
}
