// Package stage opens, for a whole Ginkgo suite, the stack that its lanes
// share. It is safe under "ginkgo -p": the first process opens the stack and
// migrates the template, every process attaches with a guard of its own.
//
// RUNPROOF_STACK chooses the stack: auto (default), containers or processes.
package stage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
)

const (
	// openDeadline bounds the opening of the stack; images may have to be built first.
	openDeadline = 15 * time.Minute
	// CloseDeadline bounds the taking down of a stack or of a lane.
	CloseDeadline = time.Minute
)

// Stage is what a suite plays on. Its testbed is there once the suite has begun.
type Stage struct {
	suite string
	// Kind of the stack; empty: what RUNPROOF_STACK says.
	Kind string
	// Say is told of what takes long while the stack opens; nil: Ginkgo's own output is.
	Say func(string)
	// Find finds the service and says how to speak to it; nil: the reference, or the build
	// of it that the environment names.
	Find func(ctx context.Context) (target.Binary, profile.Profile, error)
	// shared and owner belong to the first process alone.
	shared stack.Stack
	owner  *guard.Guard
	// own, Testbed and the lanes that stay open belong to each process.
	own     *guard.Guard
	Testbed *lane.Testbed
	lanes   []func(context.Context) error
}

// For registers the opening and the closing of a stage with the suite of that
// name. It is called once, while Ginkgo builds its tree; ready, if not nil, is
// run in each process as soon as the testbed is there.
func For(suite string, ready func(SpecContext)) *Stage {
	return register(&Stage{suite: suite}, ready)
}

// ForBinary is For with a service of the suite's own instead of the one that
// the environment names.
func ForBinary(suite, path string) *Stage {
	return register(&Stage{suite: suite, Find: func(context.Context) (target.Binary, profile.Profile, error) {
		binary, err := target.Inspect(path)
		return binary, profile.Reference(), err
	}}, nil)
}

func register(s *Stage, ready func(SpecContext)) *Stage {
	SynchronizedBeforeSuite(s.open, func(ctx SpecContext, info []byte) {
		s.attach(ctx, info)
		if ready != nil {
			ready(ctx)
		}
	}, NodeTimeout(openDeadline))
	SynchronizedAfterSuite(func(ctx SpecContext) {
		for _, closeLane := range s.lanes {
			mustNot(closeLane(ctx))
		}
		if s.own != nil {
			mustNot(s.own.Close(ctx))
		}
	}, s.close, NodeTimeout(CloseDeadline))
	return s
}

// Later closes a lane that a process keeps for all of its specs, before the
// stack goes.
func (s *Stage) Later(closeLane func(context.Context) error) { s.lanes = append(s.lanes, closeLane) }

func (s *Stage) open(ctx SpecContext) []byte {
	var err error
	s.owner, err = guard.Start(ctx, s.runID("stack"))
	mustNot(err)
	kind := cmp.Or(s.Kind, os.Getenv("RUNPROOF_STACK"), fixtures.Auto)
	say := s.Say
	if say == nil {
		say = func(text string) { GinkgoWriter.Println(text) }
	}
	s.shared, err = fixtures.Open(ctx, kind, s.owner, say)
	mustNot(err)
	find := s.Find
	if find == nil {
		find = func(ctx context.Context) (target.Binary, profile.Profile, error) {
			binary, err := target.Find(ctx, profile.Reference().Start.Build)
			return binary, profile.Reference(), err
		}
	}
	binary, its, err := find(ctx)
	mustNot(err)
	first, err := lane.NewTestbed(ctx, s.owner, s.shared, binary, its)
	mustNot(err)
	info, err := json.Marshal(first.Info())
	mustNot(err)
	return info
}

func (s *Stage) attach(ctx SpecContext, text []byte) {
	var info lane.Info
	mustNot(json.Unmarshal(text, &info))
	config, _ := GinkgoConfiguration()
	var err error
	s.own, err = guard.Start(ctx, s.runID(fmt.Sprint("process-", config.ParallelProcess)))
	mustNot(err)
	s.Testbed, err = lane.Attach(ctx, s.own, info, config.ParallelProcess-1, config.ParallelTotal)
	mustNot(err)
}

func (s *Stage) close(ctx SpecContext) {
	if s.shared != nil {
		mustNot(s.shared.Close(ctx))
	}
	if s.owner != nil {
		mustNot(s.owner.Close(ctx))
	}
}

// runID names a guard's run apart from all others of this machine.
func (s *Stage) runID(role string) string {
	return fmt.Sprintf("%s-%s-%s-%08x", s.suite, time.Now().UTC().Format("20060102T150405Z"), role, rand.Uint32())
}

// mustNot fails with an error in its own words: Gomega's would show all that is in
// it, passwords of servers included.
func mustNot(err error) {
	GinkgoHelper()
	if err != nil {
		Fail(err.Error())
	}
}
