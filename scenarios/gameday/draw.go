package gameday

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// Rules are what a facilitator decides. All durations are on the game's clock,
// which runs Speed times as fast as a wall clock.
type Rules struct {
	Players    int                  `json:"players"`
	Severities []scenarios.Severity `json:"severities,omitempty"` // none: all
	Scenarios  []string             `json:"scenarios,omitempty"`  // none: all
	Duration   time.Duration        `json:"duration"`
	Speed      float64              `json:"speed"`
	// Faults is how many are drawn, Decoys how many harmless incidents beside them.
	Faults int `json:"faults"`
	Decoys int `json:"decoys"`
}

// Real is how long a duration on the game's clock takes.
func (r Rules) Real(d time.Duration) time.Duration {
	return time.Duration(float64(d) / r.Speed)
}

func (r Rules) validate() error {
	switch {
	case r.Players < 1:
		return fmt.Errorf("%d players; want at least 1", r.Players)
	case !(r.Speed >= 1 && r.Speed <= 1000): // not a number is neither
		return fmt.Errorf("speed %g; want 1 to 1000", r.Speed)
	case r.Real(r.Duration) < shortest:
		return fmt.Errorf("%s at speed %g last %s; want at least %s", r.Duration, r.Speed, r.Real(r.Duration), shortest)
	case r.Faults < 1 || r.Faults > 2:
		return fmt.Errorf("%d faults; want 1 or 2", r.Faults)
	case r.Decoys < 0 || r.Decoys > len(decoys):
		return fmt.Errorf("%d decoys; want 0 to %d", r.Decoys, len(decoys))
	}
	return nil
}

// shortest is the shortest game: a fault needs some seconds to be witnessed and healed.
const shortest = 10 * time.Second

// Candidate is a scenario that may be drawn.
type Candidate struct {
	Scenario string             `json:"scenario"`
	Title    string             `json:"title"`
	Section  string             `json:"section"` // of the runbook
	Severity scenarios.Severity `json:"severity"`
	Fault    fault.Fault        `json:"fault"`
	// Weight is how often it is drawn in comparison with others.
	Weight int `json:"weight"`
}

// Play is a fault that is injected so long after the beginning.
type Play struct {
	Candidate
	At time.Duration `json:"at"`
}

// DecoyKind is a kind of harmless incident.
type DecoyKind string

// The decoys: a line about a deployment that changed nothing, a warning in the
// log about one slow statement, twice the requests for a while.
const (
	DecoyDeploy  DecoyKind = "deploy"
	DecoySlowLog DecoyKind = "slow-log"
	DecoyTraffic DecoyKind = "traffic"
)

var decoys = []DecoyKind{DecoyDeploy, DecoySlowLog, DecoyTraffic}

// Decoy is a harmless incident so long after the beginning.
type Decoy struct {
	Kind DecoyKind     `json:"kind"`
	At   time.Duration `json:"at"`
}

// Draw is what happens in a game. It follows from its seed, rules and candidates.
type Draw struct {
	Seed       uint64      `json:"seed"`
	Rules      Rules       `json:"rules"`
	Candidates []Candidate `json:"candidates"`
	Plays      []Play      `json:"plays"`
	Decoys     []Decoy     `json:"decoys,omitempty"`
}

// The first fault comes after a healthy time of a tenth to three tenths of the
// game; a second one at most two tenths later; a decoy in the first half.
const (
	earliest  = 0.1
	latest    = 0.3
	spread    = 0.2
	decoysEnd = 0.5
)

// NewDraw draws. It is an error if the rules leave too few candidates.
func NewDraw(seed uint64, rules Rules, candidates []Candidate) (Draw, error) {
	d := Draw{Seed: seed, Rules: rules, Candidates: candidates}
	if err := rules.validate(); err != nil {
		return d, err
	}
	var from []Candidate
	for _, c := range candidates {
		switch {
		case len(rules.Severities) > 0 && !slices.Contains(rules.Severities, c.Severity):
		case len(rules.Scenarios) > 0 && !slices.Contains(rules.Scenarios, c.Scenario):
		case c.Weight < 1:
			return d, fmt.Errorf("%s has a weight of %d", c.Scenario, c.Weight)
		default:
			from = append(from, c)
		}
	}
	if len(from) == 0 {
		return d, errors.New("no scenario is left to be drawn")
	}
	random := rand.New(rand.NewPCG(seed, 0))
	within := func(from, to float64) time.Duration {
		share := from + (to-from)*random.Float64()
		return time.Duration(share * float64(rules.Duration)).Round(time.Millisecond)
	}
	at := within(earliest, latest)
	for range rules.Faults {
		if len(from) == 0 {
			return d, fmt.Errorf("%d faults on different dependencies cannot be drawn", rules.Faults)
		}
		c := pick(random, from)
		d.Plays = append(d.Plays, Play{Candidate: c, At: at})
		at += within(0, spread)
		// Two faults on one dependency would hide each other.
		from = slices.DeleteFunc(from, func(other Candidate) bool { return other.Fault.On == c.Fault.On })
	}
	for _, i := range random.Perm(len(decoys))[:rules.Decoys] {
		d.Decoys = append(d.Decoys, Decoy{Kind: decoys[i], At: within(0, decoysEnd)})
	}
	slices.SortFunc(d.Decoys, func(a, b Decoy) int { return int(a.At - b.At) })
	return d, nil
}

func pick(random *rand.Rand, from []Candidate) Candidate {
	sum := 0
	for _, c := range from {
		sum += c.Weight
	}
	n := random.IntN(sum)
	for _, c := range from {
		if n -= c.Weight; n < 0 {
			return c
		}
	}
	return from[len(from)-1]
}
