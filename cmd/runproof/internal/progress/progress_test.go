package progress

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// clock is a time that a test moves.
type clock struct{ now time.Time }

func (c *clock) in(seconds int) *clock {
	c.now = start.Add(time.Duration(seconds) * time.Second)
	return c
}

var start = time.Date(2026, 3, 1, 7, 30, 0, 0, time.UTC)

type keeper struct{}

func (keeper) Keep(e record.Event) record.Event { return e }

func nothing() error { return nil }

// waits is a scenario that takes so long at least.
func waits(id string, seconds int) scenarios.Scenario {
	return scenarios.Scenario{ID: id, Fault: fault.Refuse(fault.Postgres), During: []scenarios.Expectation{
		scenarios.GET("/").Answers(503).Since("x", time.Duration(seconds)*time.Second),
	}}
}

func newProgress(c *clock) *Progress {
	p := New(screen.New(&bytes.Buffer{}), false)
	p.began, p.now = start, func() time.Time { return c.now }
	return p
}

func text(lines []screen.Spans) string {
	var b strings.Builder
	for _, l := range lines {
		for _, s := range l {
			b.WriteString(s.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// The frames of a run of three scenarios, two at a time, in 60 columns. By hand: leave
// what waits out of the time left, or count what failed as done twice.
func TestFrames(t *testing.T) {
	c := &clock{start}
	p := newProgress(c)
	if got := p.frame(60); got != nil {
		t.Errorf("before anything is planned: %q", text(got))
	}
	a, b, d := waits("database-blackhole", 30), waits("venue-slow", 10), waits("redis-down", 20)
	p.Plan([]scenarios.Scenario{a, b, d}, 2, 0)
	frame := func(want string) {
		t.Helper()
		if got := text(p.frame(60)); got != want {
			t.Errorf("after %s\n got:\n%s\nwant:\n%s", c.now.Sub(start), got, want)
		}
	}
	follow, endA := p.Sink(a, record.Playing{Scenario: a.ID}, keeper{}, nothing)
	_, endB := p.Sink(b, record.Playing{Scenario: b.ID}, keeper{}, nothing)
	frame(`[........................] 0 of 3 done, about 40 s left
  database-blackhole     0s  waits for its turn
  venue-slow             0s  waits for its turn
`)
	c.in(6)
	follow.Keep(record.Event{Kind: record.EventInject, Text: "postgres swallows every byte and answers nothing"})
	frame(`[###.....................] 0 of 3 done, about 35 s left
  database-blackhole     6s  fault: postgres swallows eve...
  venue-slow             6s  waits for its turn
`)
	c.in(14) // four seconds beside its wait, not six
	if err := endB(); err != nil {
		t.Fatal(err)
	}
	p.Done(record.Playing{Scenario: "venue-slow"}, judge.Result{Scenario: "venue-slow", Verdict: judge.Failed, Reason: "x"})
	_, endD := p.Sink(d, record.Playing{Scenario: d.ID}, keeper{}, nothing)
	follow.Keep(record.Event{Kind: record.EventPhase, Phase: scenarios.PhaseAfter})
	follow.Keep(record.Event{Kind: record.EventPhase, Phase: scenarios.PhaseEnd}) // says nothing new
	frame(`[########................] 1 of 3 done, 1 failed, about 25 s left
  database-blackhole    14s  recovery
  redis-down             0s  waits for its turn
`)
	c.in(40)
	for _, end := range []func() error{endA, endD} {
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	// One is played once more, alone; it is one more to do.
	p.Retry(record.Playing{Scenario: "redis-down"}, judge.Result{Scenario: "redis-down", Verdict: judge.Inconclusive})
	_, endAgain := p.Sink(d, record.Playing{Scenario: d.ID}, keeper{}, nothing)
	frame(`[##############..........] 3 of 4 done, 1 failed, about 25 s left
  redis-down             0s  waits for its turn
`)
	c.in(64)
	if err := endAgain(); err != nil {
		t.Fatal(err)
	}
	frame("[########################] 4 of 4 done, 1 failed, a few seconds left\n")
}

func TestMoreThanFitsIsCounted(t *testing.T) {
	p := newProgress(&clock{start})
	var list []scenarios.Scenario
	for i := range 11 {
		list = append(list, waits("s"+string(rune('a'+i)), 1))
	}
	p.Plan(list, 11, 2)
	for _, s := range list {
		p.Sink(s, record.Playing{Scenario: s.ID}, keeper{}, nothing)
	}
	got := text(p.frame(80))
	if strings.Count(got, "\n") != mostRunning+2 || !strings.HasSuffix(got, "  and 3 more\n") || !strings.Contains(got, "0 of 33 done") {
		t.Error(got)
	}
}

// Where nothing can be drawn each thing is a line; a silent one says nothing.
func TestPlainLines(t *testing.T) {
	for _, silent := range []bool{false, true} {
		var out bytes.Buffer
		c := &clock{start}
		p := New(screen.New(&out), silent)
		p.began, p.now = start, func() time.Time { return c.now }
		s := waits("database-refused", 1)
		p.Line("run %s", "x")
		p.Plan([]scenarios.Scenario{s}, 1, 0)
		follow, end := p.Sink(s, record.Playing{Scenario: s.ID}, keeper{}, nothing)
		c.in(2)
		follow.Keep(record.Event{Kind: record.EventPhase, Phase: scenarios.PhaseSteady})
		follow.Keep(record.Event{Kind: record.EventInject, Text: "postgres refuses connections"})
		active := record.Event{Kind: record.EventWitnessReport, Phase: scenarios.PhaseDuring, WitnessReport: &record.WitnessReport{Presence: record.Active, New: "refused"}}
		follow.Keep(active)
		follow.Keep(active) // once is enough
		follow.Keep(record.Event{Kind: record.EventHeal, Err: "no\nway"})
		if err := end(); err != nil {
			t.Fatal(err)
		}
		p.Done(record.Playing{Scenario: s.ID}, judge.Result{Scenario: s.ID, Verdict: judge.Failed, Reason: "not: answers 503"})
		p.Done(record.Playing{Scenario: "venue-down"}, judge.Result{Scenario: "venue-down", Verdict: judge.Passed})
		p.Close()
		p.Close()
		p.Line("too late")
		want := `   0.0s  run x
   2.0s  database-refused   steady    
   2.0s  database-refused   inject    postgres refuses connections
   2.0s  database-refused   witness   ` + active.WitnessReport.String() + `
   2.0s  database-refused   heal       failed: no; way
   2.0s  database-refused   Failed: not: answers 503
   2.0s  venue-down         Passed
`
		if silent {
			want = ""
		}
		if out.String() != want {
			t.Errorf("silent %v\n got:\n%s\nwant:\n%s", silent, out.String(), want)
		}
	}
}
