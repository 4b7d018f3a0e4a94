package compare_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// recovering is a run of twenty scenarios that recover in a second, the first in
// these times.
func recovering(id string, times ...time.Duration) ledger.RunResult {
	r := run(id)
	for i := range 20 {
		name := fmt.Sprint("s", i)
		r.Results = append(r.Results, result(name, passed))
		list := []time.Duration{time.Second}
		if i == 0 {
			list = times
		}
		for n, took := range list {
			r.Repetitions = append(r.Repetitions, ledger.Repetition{Scenario: name, Number: n, Verdict: passed, Recover: &took})
		}
	}
	return r
}

func beside(a, b ledger.RunResult) (ledger.RunResult, ledger.RunResult) {
	a.Beside, b.Beside = b.ID, a.ID
	return a, b
}

func TestATimeIsSlowerOnlyBeyondItsBand(t *testing.T) {
	const s = time.Second
	for name, c := range map[string]struct {
		was, is     []time.Duration
		interleaved bool
		want        compare.Movement
	}{
		"within":                      {[]time.Duration{s}, []time.Duration{2900 * time.Millisecond}, true, compare.Within},
		"beyond":                      {[]time.Duration{s}, []time.Duration{3100 * time.Millisecond}, true, compare.Slower},
		"in proportion":               {[]time.Duration{30 * s}, []time.Duration{37 * s}, true, compare.Within},
		"beyond the share":            {[]time.Duration{30 * s}, []time.Duration{38 * s}, true, compare.Slower},
		"two runs":                    {[]time.Duration{s}, []time.Duration{4900 * time.Millisecond}, false, compare.Within},
		"two runs, beyond":            {[]time.Duration{s}, []time.Duration{5100 * time.Millisecond}, false, compare.Slower},
		"three repetitions narrow it": {[]time.Duration{s, s, s}, []time.Duration{2200 * time.Millisecond, 2200 * time.Millisecond, 2200 * time.Millisecond}, true, compare.Slower},
		"not each time":               {[]time.Duration{s, s, 9 * s}, []time.Duration{8 * s, 8 * s, 8 * s}, true, compare.Within},
		"the spread widens it":        {[]time.Duration{s, 3 * s, 5 * s}, []time.Duration{6 * s, 6 * s, 6 * s}, true, compare.Within},
		"faster":                      {[]time.Duration{9 * s}, []time.Duration{s}, true, compare.Faster},
		"not there in one of the two": {nil, []time.Duration{s}, true, compare.Unpaired},
	} {
		a, b := recovering("a", c.was...), recovering("b", c.is...)
		if c.interleaved {
			a, b = beside(a, b)
		}
		got := compare.Movement("")
		for _, one := range compare.Runs(a, b).Scenarios[0].Times {
			if one.Name == compare.TimeRecover {
				got = one.Movement
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// By hand: without the band by the noise of all scenarios, this host makes regressions.
func TestAHostThatDelaysEverythingMakesNothingSlower(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for n := range 200 {
		a, b := recovering("a", time.Second), recovering("b", time.Second)
		for _, r := range []ledger.RunResult{a, b} {
			for i := range r.Repetitions {
				took := time.Second + time.Duration(draw.Float64()*float64(8*time.Second))
				r.Repetitions[i].Recover = &took
			}
		}
		a, b = beside(a, b)
		if c := compare.Runs(a, b); c.Exit != judge.ExitPassed {
			t.Fatalf("comparison %d: %s", n, c.Headline)
		}
	}
}

// Where the host is the same, what all scenarios have in common is the candidate's.
func TestACandidateThatIsSlowerEverywhereIsFound(t *testing.T) {
	a, b := recovering("a", time.Second), recovering("b", time.Second)
	for i := range b.Repetitions {
		took := 6 * time.Second
		b.Repetitions[i].Recover = &took
	}
	a, b = beside(a, b)
	if c := compare.Runs(a, b); c.Exit != judge.ExitFailed || len(c.Changes) != 20 {
		t.Error(c.Headline)
	}
}

// moments are what the requests of each scenario have in common, as the power of a
// factor: two runs that are interleaved share it.
func moments(draw *rand.Rand, scenarios int, noise float64) (list []float64) {
	for range scenarios {
		list = append(list, noise*draw.NormFloat64())
	}
	return list
}

// serving is a run of scenarios whose requests take that long at the median, and so
// much more; each has noise of its own besides. Measured on a host with five other
// programs (two full runs): a median of 120 ms, and a p95 of three to four times that.
func serving(id string, draw *rand.Rand, common []float64, took, more time.Duration, noise float64) ledger.RunResult {
	r := run(id)
	for i, c := range common {
		res := result(fmt.Sprint("s", i), passed)
		for _, route := range []string{"GET /a", "POST /b", "PUT /c", "GET /d", "GET /e"} {
			l := judge.Latencies{Side: judge.SideBefore, Route: route}
			for range 3 {
				l.Took = append(l.Took, more+time.Duration(float64(took)*math.Exp(c+draw.NormFloat64()*noise)))
			}
			res.Latencies = append(res.Latencies, l)
		}
		r.Results = append(r.Results, res)
	}
	return r
}

// A query that takes 200 ms more is found, on a quiet host and on a busy one; one that
// takes 2 ms more is not, and nothing is not. By hand: with a band of two standard
// errors alone, chance makes regressions; with one of a second, nothing is found.
func TestLatencies(t *testing.T) {
	const ms = time.Millisecond
	for _, host := range []struct {
		name  string
		took  time.Duration
		noise float64
	}{{"quiet", 10 * ms, 0.2}, {"busy", 120 * ms, 0.5}} {
		for _, interleaved := range []bool{true, false} {
			for _, count := range []int{12, 70} {
				draw := rand.New(rand.NewPCG(3, 4))
				for _, more := range []time.Duration{0, 2 * ms, 200 * ms} {
					want := judge.ExitPassed
					if more == 200*ms {
						want = judge.ExitFailed
					}
					for range 5 {
						common := moments(draw, count, host.noise)
						a := serving("a", draw, common, host.took, 0, host.noise)
						if !interleaved {
							common = moments(draw, count, host.noise)
						}
						b := serving("b", draw, common, host.took, more, host.noise)
						if interleaved {
							a, b = beside(a, b)
						}
						if c := compare.Runs(a, b); c.Exit != want {
							t.Errorf("%s host, %d scenarios, interleaved %t, %s more: %s", host.name, count, interleaved, more, c.Headline)
						}
					}
				}
			}
		}
	}
}

// What is slow anyway varies in proportion, and a dozen scenarios on a host that
// delays one in four say little. By hand: without the share, or without the standard
// errors, one of the two is a regression.
func TestTheBandOfALatencyWidens(t *testing.T) {
	const ms = time.Millisecond
	draw := rand.New(rand.NewPCG(9, 10))
	for _, of := range []struct { // in this order: what is drawn follows from it
		name              string
		count             int
		took, more        time.Duration
		noise, apartNoise float64
	}{
		{"in proportion", 70, 400 * ms, 120 * ms, 0.05, 0},
		{"a dozen, delayed", 12, 60 * ms, 0, 0.1, 1.5},
	} {
		for range 20 {
			a := serving("a", draw, moments(draw, of.count, of.apartNoise), of.took, 0, of.noise)
			b := serving("b", draw, moments(draw, of.count, of.apartNoise), of.took, of.more, of.noise)
			a, b = beside(a, b)
			if c := compare.Runs(a, b); c.Exit != judge.ExitPassed {
				t.Errorf("%s: %s", of.name, c.Headline)
			}
		}
	}
}

func TestTooFewScenariosSayNothingOfLatency(t *testing.T) {
	draw := rand.New(rand.NewPCG(5, 6))
	a, b := serving("a", draw, make([]float64, 4), 10*time.Millisecond, 0, 0.1), serving("b", draw, make([]float64, 4), 10*time.Millisecond, time.Second, 0.1)
	c := compare.Runs(beside(a, b))
	if c.Exit != judge.ExitPassed || len(c.Latencies) == 0 || c.Latencies[0].Movement != compare.TooFew {
		t.Errorf("%s, %+v", c.Headline, c.Latencies)
	}
}

func TestAnotherMachinesTimesDoNotDecide(t *testing.T) {
	draw := rand.New(rand.NewPCG(7, 8))
	a, b := serving("a", draw, make([]float64, 20), 10*time.Millisecond, 0, 0.1), serving("b", draw, make([]float64, 20), 10*time.Millisecond, time.Second, 0.1)
	b.Provenance.Machine.CPUs = 64
	c := compare.Runs(a, b)
	if c.Exit != judge.ExitPassed || len(c.Notes) != 1 || c.Latencies[0].Movement != compare.Untimed {
		t.Errorf("%s, %q, %+v", c.Headline, c.Notes, c.Latencies[0])
	}
}
