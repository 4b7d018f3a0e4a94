package bench_test

import (
	"context"
	"testing"
	"time"

	"github.com/testcontainers/testcontainers-go"
	tcpostgres "github.com/testcontainers/testcontainers-go/modules/postgres"
	tcredis "github.com/testcontainers/testcontainers-go/modules/redis"

	"github.com/runproof/runproof/fixtures/containers"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/images"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// freshTimeout bounds one fresh set of containers.
const freshTimeout = time.Minute

// measureLanes holds a lane on a stack that is there against servers of a
// scenario's own, as testcontainers' documentation starts them.
func measureLanes(t *testing.T, b *bench) {
	const what = "lane opened and closed / fresh Postgres and Redis containers"
	if err := containers.Available(t.Context()); err != nil {
		b.missing(what, err.Error())
		return
	}
	g, warm := newTestbed(t, stack.KindContainers)
	brought, err := containers.Images(t.Context(), g, func(text string) { t.Log(text) })
	must(t, err)
	_, host := newTestbed(t, stack.KindProcesses)
	fresh := repeated(either(b, 5, 1), func() { freshSet(t, g, brought) })
	for _, of := range []struct {
		kind    string
		testbed *lane.Testbed
	}{{stack.KindContainers, warm}, {stack.KindProcesses, host}} {
		lane := repeated(either(b, 20, 5), func() { openLane(t, of.testbed) })
		b.durations(what+", stack of "+of.kind, lane, "", fresh, "")
	}
}

// repeated is the median duration of something done n times.
func repeated(n int, do func()) time.Duration {
	var list []time.Duration
	for range n {
		began := time.Now()
		do()
		list = append(list, time.Since(began))
	}
	return median(list)
}

func openLane(t *testing.T, testbed *lane.Testbed) {
	t.Helper()
	_, shut, err := testbed.Open(t.Context(), faulty(), record.Playing{Scenario: "lane"})
	must(t, err)
	must(t, shut(context.Background()))
}

// faulty is a scenario whose lane has what most have.
func faulty() scenarios.Scenario {
	return scenarios.Scenario{ID: "lane", Fault: fault.Refuse(fault.Postgres)}
}

// freshSet starts both containers, one after the other, and removes them again.
func freshSet(t *testing.T, g *guard.Guard, brought []images.Got) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), freshTimeout)
	defer cancel()
	// The guard removes what a test leaves that is killed.
	label := testcontainers.WithLabels(map[string]string{guard.RunLabel: g.RunID()})
	database, err := tcpostgres.Run(ctx, brought[0].Ref, label, tcpostgres.WithDatabase("test"),
		tcpostgres.WithUsername("user"), tcpostgres.WithPassword("password"), tcpostgres.BasicWaitStrategies())
	defer func() { must(t, testcontainers.TerminateContainer(database)) }()
	must(t, err)
	cache, err := tcredis.Run(ctx, brought[1].Ref, label)
	defer func() { must(t, testcontainers.TerminateContainer(cache)) }()
	must(t, err)
}
