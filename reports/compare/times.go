package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// The times of a scenario that are compared.
const (
	TimeDetect  = "to detect"
	TimeRecover = "to recover"
)

// TimeNames are the names of the times of a scenario.
func TimeNames() []string { return []string{TimeDetect, TimeRecover} }

// Movement is what became of a time.
type Movement string

// The movements. Within says that the difference is no larger than the band.
const (
	Within   Movement = "within"
	Slower   Movement = "slower"
	Faster   Movement = "faster"
	TooFew   Movement = "too few"
	Untimed  Movement = "not compared"
	Unpaired Movement = "in one run only"
)

// Time is one time of a scenario side by side: the medians over the repetitions.
type Time struct {
	Name      string         `json:"name"`
	Baseline  *time.Duration `json:"baseline,omitempty"`
	Candidate *time.Duration `json:"candidate,omitempty"`
	Band      time.Duration  `json:"band,omitempty"`
	// BandFrom says what made the band as wide as it is.
	BandFrom string   `json:"band_from,omitempty"`
	Movement Movement `json:"movement"`

	a, b []time.Duration
}

// The band of a time to detect or to recover, where nothing widens it. The engine
// pauses for up to 500 ms between two observations, an observation may take seconds
// on a busy host, and the host's stalls below a second are no reason for a retry:
// two seconds are one of each on either side. What takes long varies in proportion.
// Two runs at different times met different hosts, and get twice as much: of 127
// times in two full runs on a host with five other programs, one differed by more
// than two seconds and its share (2.4 s, of 3.9 s). Repetitions show the spread
// itself, and halve the rest.
const (
	timeBand       = 2 * time.Second
	timeShare      = 0.25
	enoughRepeated = 3
	apart          = 2
	// noiseTimes the difference that three quarters of the scenarios stay within: 4.6
	// standard deviations of a normal distribution.
	noiseTimes     = 4
	noisePercent   = 75
	enoughForNoise = 5 // scenarios
)

// time fills in the times of all scenarios. What all of them differ by is the noise
// of these two runs.
func (p pair) time(list []Scenario) {
	for _, name := range TimeNames() {
		var times []*Time
		for i := range list {
			t := Time{Name: name, a: timesOf(p.baseline, list[i].ID, name), b: timesOf(p.candidate, list[i].ID, name)}
			if len(t.a)+len(t.b) == 0 {
				continue
			}
			list[i].Times = append(list[i].Times, t)
			times = append(times, &list[i].Times[len(list[i].Times)-1])
		}
		noise := p.noise(times)
		for _, t := range times {
			t.settle(noise, p.interleaved)
			if p.untimed && t.Movement != Unpaired {
				t.Movement = Untimed
			}
		}
	}
}

// timesOf are the times of the playings that decided something.
func timesOf(r ledger.RunResult, scenario, name string) (list []time.Duration) {
	for _, one := range r.Played(scenario) {
		took := map[string]*time.Duration{TimeDetect: one.Detect, TimeRecover: one.Recover}[name]
		if took != nil && (one.Verdict == judge.Passed || one.Verdict == judge.Failed) {
			list = append(list, *took)
		}
	}
	return list
}

// noise is how much most scenarios differ, whichever way they go; zero for too few.
// What all have in common is the host's in two runs, and the candidate's where the
// host was the same.
func (p pair) noise(times []*Time) time.Duration {
	var differences []time.Duration
	for _, t := range times {
		if len(t.a) > 0 && len(t.b) > 0 {
			differences = append(differences, Median(t.b)-Median(t.a))
		}
	}
	if len(differences) < enoughForNoise {
		return 0
	}
	var common time.Duration
	if p.interleaved {
		common = Median(differences)
	}
	for i, d := range differences {
		differences[i] = (d - common).Abs()
	}
	return percentile(differences, noisePercent)
}

// settle decides. The spread of both is part of the band, so that of several
// repetitions every one is on the same side.
func (t *Time) settle(noise time.Duration, interleaved bool) {
	if len(t.a) > 0 {
		m := Median(t.a)
		t.Baseline = &m
	}
	if len(t.b) > 0 {
		m := Median(t.b)
		t.Candidate = &m
	}
	if len(t.a) == 0 || len(t.b) == 0 {
		t.Movement = Unpaired
		return
	}
	n := min(len(t.a), len(t.b))
	absolute, share, from := timeBand, timeShare, "default, interleaved"
	if !interleaved {
		absolute, share, from = apart*absolute, apart*share, "default of two runs"
	}
	if n >= enoughRepeated {
		absolute, share, from = absolute/2, share/2, fmt.Sprintf("%s, %d repetitions", from, n)
	}
	t.Band, t.BandFrom = absolute, from
	widen := func(by time.Duration, from string) {
		if by > t.Band {
			t.Band, t.BandFrom = by, from
		}
	}
	widen(time.Duration(share*float64(*t.Baseline)), fmt.Sprintf("%.0f %% of the baseline", 100*share))
	widen(noiseTimes*noise, fmt.Sprintf("%d times what %d %% of the scenarios differ by", noiseTimes, noisePercent))
	widen(spread(t.a)+spread(t.b), "spread over the repetitions")
	t.Movement = Within
	switch d := *t.Candidate - *t.Baseline; {
	case d > t.Band:
		t.Movement = Slower
	case -d > t.Band:
		t.Movement = Faster
	}
}

// times are the changes of times of scenarios. One that was there and is not any
// more is the verdict's affair.
func (p pair) times(list []Scenario) []Change {
	var changes []Change
	for _, s := range list {
		for _, t := range s.Times {
			weight := Regression
			switch t.Movement {
			case Slower:
			case Faster:
				weight = Improvement
			default:
				continue
			}
			changes = append(changes, Change{
				Weight: weight, Kind: OfTime, Scenario: s.ID, Time: t.Name,
				Was: Rounded(*t.Baseline), Is: Rounded(*t.Candidate), Why: fmt.Sprintf("band %s: %s", Rounded(t.Band), t.BandFrom),
			})
		}
	}
	return changes
}

// SlowerScenarios lists the scenarios of which a time is slower: suspects, which are
// worth playing again.
func SlowerScenarios(baseline, candidate ledger.RunResult) []string {
	p := pair{baseline: baseline, candidate: candidate, interleaved: true}
	var ids []string
	for _, s := range p.scenarios() {
		if slices.ContainsFunc(s.Times, func(t Time) bool { return t.Movement == Slower }) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Rounded is a duration as precisely as it is of use.
func Rounded(d time.Duration) string {
	if d.Abs() < time.Second {
		return d.Round(time.Millisecond).String()
	}
	return d.Round(100 * time.Millisecond).String()
}

// Median is by nearest rank; zero of none.
func Median(list []time.Duration) time.Duration { return percentile(list, 50) }

// MedianTime is a time of a scenario in a run, over its repetitions; nil where it was
// not measured.
func MedianTime(r ledger.RunResult, scenario, name string) *time.Duration {
	list := timesOf(r, scenario, name)
	if len(list) == 0 {
		return nil
	}
	m := Median(list)
	return &m
}

// percentile is by nearest rank; zero of none.
func percentile(list []time.Duration, percent int) time.Duration {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[max(0, int(math.Ceil(float64(len(sorted)*percent)/100))-1)]
}

func spread(list []time.Duration) time.Duration {
	if len(list) == 0 {
		return 0
	}
	return slices.MaxFunc(list, cmp.Compare[time.Duration]) - slices.MinFunc(list, cmp.Compare[time.Duration])
}
