package sim_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/scenarios/world"
)

func TestAVacuousExpectationBreaksControlAndRun(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.During = append(s.During, scenarios.GET("/health/live").Answers(200).InsteadOf(200))
	if r := playAll(t, sim.Honest, scenarios.Control, s)[s.ID]; r.Verdict != judge.Broken || !strings.Contains(r.Reason, "true without the fault") {
		t.Errorf("control: %s: %s", r.Verdict, r.Reason)
	}
	if r := playAll(t, sim.Honest, scenarios.Verify, s)[s.ID]; r.Verdict != judge.Broken || !strings.Contains(r.Reason, "true without it") {
		t.Errorf("run: %s: %s", r.Verdict, r.Reason)
	}
}

func TestAControlNeedsTheHealthyValue(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.During = append(s.During, scenarios.GET("/health/live").Answers(503).InsteadOf(204))
	r := playAll(t, sim.Honest, scenarios.Control, s)[s.ID]
	if r.Verdict != judge.Broken || !strings.Contains(r.Reason, "healthy value") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

func TestAControlHearsAWitnessThatSeesAFault(t *testing.T) {
	s := symptoms.DatabaseRefused()
	r := playAll(t, sim.BrokenBefore, scenarios.Control, s)[s.ID]
	if r.Verdict != judge.Broken || !strings.Contains(r.Reason, "witness") {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

func TestAdviceDecidesOnlyUnderStrict(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.During = append(s.During, scenarios.POST("/api/v1/events", "x").Answers(503).WithHeader("Never-Sent").Inferred())
	for strict, want := range map[bool]judge.Verdict{false: judge.Passed, true: judge.Failed} {
		synctest.Test(t, func(t *testing.T) {
			r := play.Run(context.Background(), []scenarios.Scenario{s}, sim.Worlds{}, play.Options{Mode: scenarios.Verify, Strict: strict})[0]
			if r.Verdict != want || len(r.Advice) != 1 {
				t.Errorf("strict %v: %s, advice %q", strict, r.Verdict, r.Advice)
			}
		})
	}
}

// TestAdviceOnTheSteadyStateHoldsUpNobody: what comes after it was never looked
// at, and the service was blamed for that.
func TestAdviceOnTheSteadyStateHoldsUpNobody(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.Steady = append([]scenarios.Expectation{scenarios.GET("/health/live").Answers(418).By(time.Second).Inferred()}, s.Steady...)
	for strict, want := range map[bool]judge.Verdict{false: judge.Passed, true: judge.Failed} {
		synctest.Test(t, func(t *testing.T) {
			r := play.Run(context.Background(), []scenarios.Scenario{s}, sim.Worlds{}, play.Options{Mode: scenarios.Verify, Strict: strict})[0]
			if r.Verdict != want || len(r.Advice) != 1 {
				t.Errorf("strict %v: %s: %s, advice %q", strict, r.Verdict, r.Reason, r.Advice)
			}
		})
	}
}

// TestJudgedAgainFromDisk writes a recording as JSON lines, reads it back and
// wants the same result, for a world that passes and for one that fails.
func TestJudgedAgainFromDisk(t *testing.T) {
	for _, mutation := range []sim.Mutation{sim.Honest, sim.ReadyLies, sim.NothingInjected, sim.BreakerWaits5s} {
		for _, s := range modelled() {
			rec := &record.Recording{}
			synctest.Test(t, func(*testing.T) {
				play.Play(context.Background(), s, sim.New(mutation), scenarios.Verify, rec)
			})
			var again []record.Event
			for _, e := range rec.Events() {
				line, err := json.Marshal(e)
				if err != nil {
					t.Fatal(err)
				}
				var back record.Event
				if err := json.Unmarshal(line, &back); err != nil {
					t.Fatal(err)
				}
				again = append(again, back)
			}
			first := judge.Judge(s, scenarios.Verify, false, rec.Events())
			second := judge.Judge(s, scenarios.Verify, false, again)
			if diff := cmp.Diff(first, second, cmpopts.EquateApproxTime(0)); diff != "" {
				t.Errorf("%s in %q: judged again it differs:\n%s", s.ID, mutation, diff)
			}
		}
	}
}

// healing counts how often an injection was healed, and when interrupted.
type healing struct {
	*sim.World
	injected chan struct{}
	last     *sim.Injection
}

func (h *healing) Prepare(ctx context.Context, f fault.Fault) (world.Injection, error) {
	inj, err := h.World.Prepare(ctx, f)
	if err == nil {
		h.last = inj.(*sim.Injection)
	}
	return &announced{Injection: inj, injected: h.injected}, err
}

type announced struct {
	world.Injection
	injected chan struct{}
}

func (a *announced) Inject(ctx context.Context) error {
	defer close(a.injected)
	return a.Injection.Inject(ctx)
}

func TestAnInterruptedRunIsHealedAndUndecided(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, interrupt := context.WithCancelCause(context.Background())
		w := &healing{World: sim.New(sim.LogsNothing), injected: make(chan struct{})}
		rec := &record.Recording{}
		go func() {
			<-w.injected
			interrupt(errors.New("^C"))
		}()
		s := symptoms.DatabaseRefused()
		play.Play(ctx, s, w, scenarios.Verify, rec)
		if w.last.Heals.Load() == 0 {
			t.Error("the fault was not healed")
		}
		if o := w.Observe(context.Background(), scenarios.GET("/health/ready").Spec().Probe, time.Time{}); o.Status != 200 {
			t.Errorf("after the interruption: %s", o)
		}
		if r := judge.Judge(s, scenarios.Verify, false, rec.Events()); r.Verdict != judge.Broken || r.Reason != "interrupted" {
			t.Errorf("%s: %s", r.Verdict, r.Reason)
		}
	})
}

// TestARecordingCutAnywhereIsNeverPassed cuts an honest recording after each
// of its events: only the whole of it may pass.
func TestARecordingCutAnywhereIsNeverPassed(t *testing.T) {
	s := symptoms.DatabaseRefused()
	rec := &record.Recording{}
	synctest.Test(t, func(*testing.T) {
		play.Play(context.Background(), s, sim.New(sim.Honest), scenarios.Verify, rec)
	})
	events := rec.Events()
	for i := range events {
		r := judge.Judge(s, scenarios.Verify, false, events[:i])
		if r.Verdict == judge.Passed || r.Verdict == judge.Failed {
			t.Errorf("cut after %d of %d events: %s: %s", i, len(events), r.Verdict, r.Reason)
		}
	}
}

// TestWhatARemedyPrintedIsKept, in a playing and in each arm that has it.
func TestWhatARemedyPrintedIsKept(t *testing.T) {
	const command = "redis-cli FLUSHALL"
	s := symptoms.DatabaseRefused()
	s.Remedy = []scenarios.Remedy{scenarios.AsPrinted("recovery.cache.all", command)}
	done := playAll(t, sim.Honest, scenarios.Verify, s)[s.ID].Remedies
	synctest.Test(t, func(*testing.T) {
		for _, trial := range play.RunArms(context.Background(), []scenarios.Scenario{s}, sim.Worlds{}, play.Options{Jobs: 4}) {
			for _, arm := range trial.Arms {
				done = append(done, arm.Done...)
			}
		}
	})
	if len(done) != 3 {
		t.Errorf("done %d times, want once in the playing and in two of four arms", len(done))
	}
	for _, d := range done {
		if len(d.Executions) != 1 || d.Executions[0].Command != command || d.Executions[0].Stdout == "" {
			t.Errorf("%+v", d)
		}
	}
}

// unhurried is a world on a machine that takes its time for each observation.
type unhurried struct {
	*sim.World
	takes time.Duration
}

func (u unhurried) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	at := time.Now()
	select {
	case <-time.After(u.takes):
		return u.World.Observe(ctx, p, since)
	case <-ctx.Done():
		return scenarios.Observation{At: at, Took: time.Since(at), Err: ctx.Err().Error(), Class: scenarios.ClassTimeout}
	}
}

// TestARowThatHasBegunInTimeIsLookedAtToItsEnd: five looks do not fit into the
// deadline, and the service is not to blame for it. Looks that never end are.
func TestARowThatHasBegunInTimeIsLookedAtToItsEnd(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.Steady = append(s.Steady, scenarios.GET("/health/ready").Answers(200).By(2*time.Second).Times(5))
	for takes, want := range map[time.Duration]judge.Verdict{
		600 * time.Millisecond: judge.Passed,
		3 * time.Second:        judge.Failed,
	} {
		synctest.Test(t, func(t *testing.T) {
			rec := &record.Recording{}
			play.Play(context.Background(), s, unhurried{sim.New(sim.Honest), takes}, scenarios.Verify, rec)
			if r := judge.Judge(s, scenarios.Verify, false, rec.Events()); r.Verdict != want {
				t.Errorf("looks that take %s: %s: %s", takes, r.Verdict, r.Reason)
			}
		})
	}
}

// murmuring is a world whose log says what a refused database makes it say, for
// a while, though nothing is wrong.
type murmuring struct {
	*sim.World
	until time.Time
}

func (m murmuring) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	o := m.World.Observe(ctx, p, since)
	if p.Kind == scenarios.ProbeLog && !since.After(m.until) {
		o.Lines, o.Seen = append(o.Lines, "ECONNREFUSED"), since
	}
	return o
}

// TestWhatIsOverBeforeTheFaultIsNoReasonNotToPlayIt: the fault waits until the
// log is quiet; one that never is would have shown the line without it.
func TestWhatIsOverBeforeTheFaultIsNoReasonNotToPlayIt(t *testing.T) {
	s := symptoms.DatabaseRefused()
	for murmurs, want := range map[time.Duration]judge.Verdict{
		time.Millisecond: judge.Passed,
		15 * time.Second: judge.Passed,
		time.Hour:        judge.Broken,
	} {
		synctest.Test(t, func(t *testing.T) {
			rec := &record.Recording{}
			w := murmuring{sim.New(sim.Honest), time.Now().Add(murmurs)}
			play.Play(context.Background(), s, w, scenarios.Verify, rec)
			r := judge.Judge(s, scenarios.Verify, false, rec.Events())
			if r.Verdict != want || want == judge.Broken && !strings.Contains(r.Reason, "true without it") {
				t.Errorf("murmurs for %s: %s: %s", murmurs, r.Verdict, r.Reason)
			}
		})
	}
}

// changing is a world in which an event can be changed, which takes a moment.
type changing struct {
	*sim.World
	changed *atomic.Bool
	forgets bool // shows it as it was all the same
}

func (c changing) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	o := scenarios.Observation{At: time.Now(), Status: 200}
	switch {
	case p.Method == "PUT":
		<-time.After(300 * time.Millisecond)
		c.changed.Store(true)
	case p.Path == "/changed" && c.changed.Load() && !c.forgets:
		o.Body = "new"
	case p.Path == "/changed":
		o.Body = "old"
	default:
		return c.World.Observe(ctx, p, since)
	}
	o.Took = time.Since(o.At)
	return o
}

// TestWhatFollowsAChangeHoldsSinceIt, under a fault as without: a control arm
// must not want it sooner.
func TestWhatFollowsAChangeHoldsSinceIt(t *testing.T) {
	s := symptoms.DatabaseRefused()
	s.During = append(s.During,
		scenarios.PUT("/api/v1/events/{event}", "new").Answers(200).Undisturbed().Called("changed"),
		scenarios.GET("/changed").Answers(200).Contains("new").Undisturbed().Since("changed", 0).Times(3),
	)
	for _, c := range []struct {
		mode    scenarios.Mode
		forgets bool
		want    judge.Verdict
	}{
		{scenarios.Verify, false, judge.Passed},
		{scenarios.Verify, true, judge.Failed},
		{scenarios.Control, false, judge.Passed},
		{scenarios.Control, true, judge.Broken},
	} {
		synctest.Test(t, func(t *testing.T) {
			rec := &record.Recording{}
			play.Play(context.Background(), s, changing{sim.New(sim.Honest), &atomic.Bool{}, c.forgets}, c.mode, rec)
			if r := judge.Judge(s, c.mode, false, rec.Events()); r.Verdict != c.want {
				t.Errorf("%s, forgets %v: %s: %s", c.mode, c.forgets, r.Verdict, r.Reason)
			}
		})
	}
}
