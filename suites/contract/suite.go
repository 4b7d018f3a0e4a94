// Package contract asks the service, without any fault, for everything that
// its contract promises: generated requests and broken ones, sequences, tokens
// of every kind, keys, pages. Each answer is judged by the suite's own copy of
// the contract; what was seen of it is counted and printed. "runproof contract"
// and this package's own test play the same specs:
//
//	bin/runproof contract --stack processes
//	go tool ginkgo run -p --fail-on-empty --label-filter '!red' ./suites/contract
//
// RUNPROOF_STACK chooses the stack of the test: auto (default), containers or
// processes. RAPID_CHECKS sets how many requests a property makes, RAPID_SEED
// which ones; without it they follow Ginkgo's --seed; RAPID_SHRINKTIME bounds the
// search for a smaller counter-example. The specs labelled "red", which the test
// alone has, put a proxy in front of the service that changes its answers, and
// show that each promise can be seen broken.
package contract

import (
	"context"
	"errors"
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/adapter"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
	"github.com/runproof/runproof/suites/stage"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// specTimeout bounds one promise: some hundred requests, of which a broken
	// service may let many run into their deadline.
	specTimeout = 2 * time.Minute
	// readyWithin bounds the wait for a service that has been started.
	readyWithin = 15 * time.Second
)

// Options say what is played, and how. The zero value plays every promise.
type Options struct {
	// Stack is how Postgres and Redis are run; empty: as RUNPROOF_STACK says.
	Stack string
	// Find finds the service; nil: as the environment says.
	Find func(ctx context.Context) (target.Binary, profile.Profile, error)
	// Chosen says which promises are played, by name; nil: all.
	Chosen func(name string) bool
	// LogFile names the file that gets the service's output; nil: none.
	LogFile func(record.Playing) (string, error)
	// Say is told of what takes long while the stack opens; nil: Ginkgo's own output is.
	Say func(string)
}

// Suite is the promises on a stage of their own.
type Suite struct {
	options Options
	stage   *stage.Stage
	// service is the one that each process asks.
	service *lane.Lane
	// ended says why nothing more can be decided: the stack does not work.
	ended error
	// target and stack are known once the stage is open.
	target record.TargetInfo
	stack  record.StackInfo
}

// Specs adds the promises to Ginkgo's tree, with the stage that they are played
// on. It is called once, before RunSpecs, and never by the initialisation of a package:
// the command has these specs as well, and needs them for one subcommand alone.
func Specs(o Options) *Suite {
	s := &Suite{options: o}
	s.stage = stage.For("contract", s.begin)
	s.stage.Kind, s.stage.Say, s.stage.Find = o.Stack, o.Say, o.Find
	BeforeEach(func() {
		if s.ended != nil {
			AbortSuite(s.ended.Error())
		}
	})
	Describe("The contract", func() {
		for _, p := range promises() {
			if o.Chosen == nil || o.Chosen(p.fullName()) {
				It(p.fullName(), Label(p.area), p.where, SpecTimeout(specTimeout), func(ctx SpecContext) { s.play(ctx, p) })
			}
		}
	})
	ReportAfterSuite("coverage of the contract", reportTable)
	return s
}

// Provenance says what was asked, and on which stack; both are empty as long as
// the stage is not open.
func (s *Suite) Provenance() (record.TargetInfo, record.StackInfo) { return s.target, s.stack }

func (s *Suite) begin(ctx SpecContext) {
	s.stage.Testbed.LogFile = s.options.LogFile
	s.target, s.stack = s.stage.Testbed.Target(), s.stage.Testbed.Stack()
	setUpRapid()
	s.service = s.open(ctx, "contract")
}

// play keeps one promise, or not.
func (s *Suite) play(ctx SpecContext, p promise) {
	began := time.Now()
	c := s.newClient(ctx, s.service)
	defer reportCoverage(c)
	DeferCleanup(func(ctx SpecContext) {
		if CurrentSpecReport().Failed() {
			s.attribute(ctx, c, began)
		}
	}, NodeTimeout(stage.CloseDeadline))
	p.keep(c)
}

// attribute notes why a promise that was not kept says nothing of the service:
// the stack does not work without it, or the host stalled and slowness explains all
// that was seen.
func (s *Suite) attribute(ctx context.Context, c *client, began time.Time) {
	if err := s.service.Prove(ctx); err != nil {
		s.ended = fmt.Errorf("stack: %w", err)
		AddReportEntry(harnessEntry, s.ended.Error(), ReportEntryVisibilityNever)
		return
	}
	stalls := s.service.Stalls(began)
	if len(stalls) > 0 && (c.slow.Load() || CurrentSpecReport().State.Is(timedOut)) {
		AddReportEntry(harnessEntry, overloaded(stalls[0]), ReportEntryVisibilityNever)
	}
}

// open opens a lane that stays, starts the service in it and waits until it is
// ready.
func (s *Suite) open(ctx context.Context, name string, different ...testbed.Option) *lane.Lane {
	GinkgoHelper()
	l, closeLane := s.start(ctx, name, different...)
	s.stage.Later(closeLane)
	return l
}

// openForSpec is an open lane that goes with the spec.
func (s *Suite) openForSpec(ctx context.Context, name string, different ...testbed.Option) *lane.Lane {
	GinkgoHelper()
	l, closeLane := s.start(ctx, name, different...)
	DeferCleanup(func(ctx SpecContext) { Expect(closeLane(ctx)).To(Succeed()) }, NodeTimeout(stage.CloseDeadline))
	return l
}

// start reports whose doing it is that the service does not turn ready: it is the
// service's own where the stack works without it and the host did not stall.
func (s *Suite) start(ctx context.Context, name string, different ...testbed.Option) (*lane.Lane, func(context.Context) error) {
	GinkgoHelper()
	began := time.Now()
	l, closeLane, err := testbed.OpenService(ctx, s.stage.Testbed, name, different...)
	var refused *world.TargetError
	switch {
	case err == nil:
		failure := InterceptGomegaFailure(func() {
			Eventually(ctx, func() int {
				return l.Adapter.Do(ctx, adapter.Request{Method: "GET", Path: "/health/ready"}).Status
			}).WithTimeout(readyWithin).Should(Equal(200))
		})
		if failure == nil {
			return l, closeLane
		}
		s.reportCause(l, began, l.Prove(ctx))
		err = errors.Join(fmt.Errorf("the service does not turn ready: %w", failure), closeLane(context.WithoutCancel(ctx)))
	case errors.As(err, &refused):
		s.reportCause(l, began, nil)
	default:
		AddReportEntry(harnessEntry, err.Error(), ReportEntryVisibilityNever)
	}
	Fail(err.Error())
	return nil, nil
}

// reportCause says of a service that did not start whether that was the harness's.
func (s *Suite) reportCause(l *lane.Lane, began time.Time, stack error) {
	switch stalls := l.Stalls(began); {
	case stack != nil:
		AddReportEntry(harnessEntry, "stack: "+stack.Error(), ReportEntryVisibilityNever)
	case len(stalls) > 0:
		AddReportEntry(harnessEntry, overloaded(stalls[0]), ReportEntryVisibilityNever)
	default:
		AddReportEntry(serviceEntry, "the stack works without it", ReportEntryVisibilityNever)
	}
}

func overloaded(s record.Stall) string {
	return fmt.Sprintf("the host was overloaded: %s took %s", s.What, s.Took.Round(time.Millisecond))
}
