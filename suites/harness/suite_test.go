// Package harness is where the harness proves itself: it is broken on purpose,
// and so is the service, on real parts, and each time the verdict and the exit
// code must say whose fault it was. What it leaves behind when it is killed is
// counted, too.
package harness_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/processes"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// specTimeout bounds one spec: a scenario with its stack, half a minute alone
	// and two and a half beside seven others on two slow cores.
	specTimeout = 6 * time.Minute
	// closeDeadline bounds the taking down of a spec's stack.
	closeDeadline = time.Minute
)

// runproof is the binary under test, service the reference beside it.
var runproof, service string

func TestHarness(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "harness")
}

var _ = SynchronizedBeforeSuite(func(SpecContext) []byte {
	path := os.Getenv("RUNPROOF_BINARY")
	if path == "" {
		var err error
		path, err = gexec.Build("github.com/runproof/runproof/cmd/runproof")
		Expect(err).NotTo(HaveOccurred())
	}
	return []byte(path)
}, func(ctx SpecContext, path []byte) {
	runproof = string(path)
	binary, err := target.Find(ctx, profile.Reference().Start.Build)
	Expect(err).NotTo(HaveOccurred())
	service = binary.Path
}, NodeTimeout(5*time.Minute))

var _ = SynchronizedAfterSuite(func() {}, func() { gexec.CleanupBuildArtifacts() })

// bench is a stack of one spec's own, with what a sabotage may need of it.
type bench struct {
	guard   *guard.Guard
	stack   stack.Stack
	testbed *lane.Testbed
}

// newStack opens a stack of processes that goes with the spec.
func newStack(ctx context.Context) (*guard.Guard, stack.Stack) {
	GinkgoHelper()
	g, err := guard.Start(ctx, fmt.Sprintf("harness-%s-%08x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32()))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func(ctx SpecContext) { Expect(g.Close(ctx)).To(Succeed()) }, NodeTimeout(closeDeadline))
	s, err := processes.Open(ctx, g)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func(ctx SpecContext) { Expect(s.Close(ctx)).To(Succeed()) }, NodeTimeout(closeDeadline))
	return g, s
}

// newBench opens a stack and its testbed.
func newBench(ctx context.Context) bench {
	GinkgoHelper()
	g, s := newStack(ctx)
	binary, err := target.Inspect(service)
	Expect(err).NotTo(HaveOccurred())
	shared, err := lane.NewTestbed(ctx, g, s, binary, profile.Reference())
	Expect(err).NotTo(HaveOccurred())
	return bench{guard: g, stack: s, testbed: shared}
}

// play runs one scenario on the bench, in a lane with the options. Each event
// is shown to watch first.
func (b bench) play(ctx context.Context, s scenarios.Scenario, mode scenarios.Mode, watch func(record.Event), options ...testbed.Option) judge.Result {
	GinkgoHelper()
	Expect(s.Validate()).To(Succeed())
	return play.Run(ctx, []scenarios.Scenario{s}, testbed.With(b.testbed, options...), play.Options{
		Mode: mode,
		Sink: func(scenarios.Scenario, record.Playing) (record.Keeper, func() error, error) {
			return watcher(watch), func() error { return nil }, nil
		},
	})[0]
}

type watcher func(record.Event)

func (w watcher) Keep(e record.Event) record.Event {
	if w != nil {
		w(e)
	}
	return e
}

// unheld lists the expectations that did not hold.
func unheld(r judge.Result) []string {
	var list []string
	for _, o := range r.Outcomes {
		if !o.Held {
			list = append(list, o.Expectation)
		}
	}
	return list
}

// events is what of an answer's path the rewriting specs change.
func isEvents(r *http.Response) bool { return r.Request.URL.Path == "/api/v1/events" }
