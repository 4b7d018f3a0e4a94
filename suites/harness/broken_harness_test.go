package harness_test

import (
	"context"
	"sync"
	"syscall"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/sandbox"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/suites/testbed"
)

var _ = Describe("A harness that is wrong", func() {
	DescribeTable("never blames the service and never passes", func(ctx SpecContext, option testbed.Option, want judge.Verdict, reason string) {
		b := newBench(ctx)
		r := b.play(ctx, symptoms.DatabaseRefused(), scenarios.Verify, nil, option)
		Expect(r.Verdict).To(Equal(want), r.Reason)
		Expect(r.Reason).To(ContainSubstring(reason))
		Expect(judge.ExitCode([]judge.Verdict{r.Verdict})).To(Equal(judge.ExitUndecided))
		for _, c := range r.Claims {
			Expect(c.State).To(Equal(judge.ClaimUntested), c.Claim)
		}
	},
		Entry("no fault is injected", testbed.InjectElsewhere(), judge.Inconclusive, "no witness", SpecTimeout(specTimeout)),
		Entry("no proxy is there", testbed.WithoutProxy(), judge.Broken, "does not work without the service", SpecTimeout(specTimeout)),
		Entry("the service goes past the proxy", testbed.PastTheProxy(), judge.Broken, "past the proxy", SpecTimeout(specTimeout)),
	)

	It("does not blame the service for a Postgres of the stack that was killed", func(ctx SpecContext) {
		b := newBench(ctx)
		var once sync.Once
		s := symptoms.DatabaseRefused()
		s.Diagnosis = nil // with commands its servers would be its own
		r := b.play(ctx, s, scenarios.Verify, func(e record.Event) {
			if e.Kind == record.EventHeal {
				once.Do(func() { _ = syscall.Kill(b.stack.Postgres().PID, syscall.SIGKILL) })
			}
		})
		Expect(r.Verdict).To(Equal(judge.Broken), r.Reason)
	}, SpecTimeout(specTimeout))

	It("is found out by the control arm when an expectation is vacuous", func(ctx SpecContext) {
		s := symptoms.DatabaseRefused()
		s.During = append(s.During, scenarios.GET("/api/v1/events").FasterThan(scenarios.ObservationTimeout))
		b := newBench(ctx)
		r := b.play(ctx, s, scenarios.Control, nil)
		Expect(r.Verdict).To(Equal(judge.Broken))
		Expect(r.Reason).To(ContainSubstring("true without the fault"))
		Expect(ledger.RunResult{Mode: scenarios.Control, Results: []judge.Result{r}}.ExitCode()).To(Equal(judge.ExitUndecided))
	}, SpecTimeout(specTimeout))
})

var _ = Describe("A machine that makes no sandbox", func() {
	It("leaves commands untested, with its reason, and plays the rest", func(ctx SpecContext) {
		const reason = "bwrap: No permissions to create a new namespace"
		b := newBench(ctx)
		b.testbed.OpenSandbox = func(context.Context, *guard.Guard) (*sandbox.Sandbox, error) {
			return nil, &sandbox.Unavailable{Reason: reason}
		}
		r := b.play(ctx, symptoms.DatabaseRefused(), scenarios.Verify, nil)
		Expect(r.Verdict).To(Equal(judge.Passed), r.Reason)
		states := map[string]judge.ClaimState{}
		for _, c := range r.Claims {
			states[c.Claim] = c.State
			if c.Claim == "database.resolution.connectivity" {
				Expect(c.Reason).To(ContainSubstring(reason))
			}
		}
		Expect(states).To(HaveKeyWithValue("database.resolution.connectivity", judge.ClaimUntested))
		Expect(states).To(HaveKeyWithValue("database.symptom.503", judge.ClaimHeld))
	}, SpecTimeout(specTimeout))
})
