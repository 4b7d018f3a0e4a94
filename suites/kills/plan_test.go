package kills_test

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// steady is the scenario that a latent defect must pass.
	steady = "health-steady"
	// drawn is how many scenarios are tried beside those of the claim.
	drawn = 2
	// rest, as FULL, leaves out the cells on record, where there is one: the
	// whole matrix takes hours, and can be played in parts.
	rest = "rest"
)

// plan lists the scenarios that a defect is tried with.
func plan(d defect, seed int64) []scenarios.Scenario {
	all := ofThisStack()
	switch {
	case os.Getenv("FULL") == rest:
		return slices.DeleteFunc(all, func(s scenarios.Scenario) bool { return onRecord()[d.Name].knows(s.ID) })
	case os.Getenv("FULL") != "":
		return all
	case os.Getenv("FAMILIES") != "":
		killer := onFile.killer(d.Name)
		return slices.DeleteFunc(all, func(s scenarios.Scenario) bool { return s.ID != killer })
	}
	var chosen, rest []scenarios.Scenario
	for _, s := range all {
		if s.ID == steady || notices(s, d.Breaks) {
			chosen = append(chosen, s)
		} else {
			rest = append(rest, s)
		}
	}
	if !slices.ContainsFunc(all, func(s scenarios.Scenario) bool { return notices(s, d.Breaks) }) {
		return all // nobody knows yet which of them notices
	}
	name := fnv.New64()
	_, _ = name.Write([]byte(d.Name)) // a hash takes everything
	draw := rand.New(rand.NewPCG(uint64(seed), name.Sum64()))
	draw.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return append(chosen, rest[:min(drawn, len(rest))]...)
}

// ofThisStack lists the scenarios that the stack can stage: those about pods on a
// cluster, and no others there, where each trial takes minutes.
func ofThisStack() []scenarios.Scenario {
	clustered := os.Getenv("RUNPROOF_STACK") == stack.KindCluster
	return slices.DeleteFunc(symptoms.All(), func(s scenarios.Scenario) bool { return (s.Pods > 0) != clustered })
}

// aboutPods reports whether a scenario needs a cluster.
func aboutPods(id string) bool {
	return slices.ContainsFunc(symptoms.All(), func(s scenarios.Scenario) bool { return s.ID == id && s.Pods > 0 })
}

// notices reports whether a scenario is one of those that must notice when the
// claim, or the rule of the contract, is broken: it proves that claim, or has
// caught a defect that breaks that rule.
func notices(s scenarios.Scenario, breaks string) bool {
	return slices.Contains(s.Claims(), breaks) ||
		slices.ContainsFunc(s.Diagnosis, func(step scenarios.Step) bool { return step.Claim == breaks }) ||
		onFile.catches(s.ID, breaks)
}

// tried lists the defects that have a spec in this run: those with which anything
// is to be tried; with FAMILIES, of each family the one whose trial is over first.
func tried() []defect {
	if os.Getenv("FAMILIES") == "" {
		return slices.DeleteFunc(slices.Clone(defects), func(d defect) bool { return len(plan(d, GinkgoRandomSeed())) == 0 })
	}
	type trial struct {
		name string
		most time.Duration
	}
	fastest := map[string]trial{}
	for _, d := range defects {
		now := trial{d.Name, trialOf(d)}
		if known, found := fastest[d.Family]; now.most > 0 && (!found || now.most < known.most) {
			fastest[d.Family] = now
		}
	}
	return slices.DeleteFunc(slices.Clone(defects), func(d defect) bool { return fastest[d.Family].name != d.Name })
}

// trialOf is the longest that the waits of a defect's trial add up to: what
// fails waits out its deadlines. Zero: nothing is tried.
func trialOf(d defect) (most time.Duration) {
	for _, s := range plan(d, GinkgoRandomSeed()) {
		most += play.Bound(s)
	}
	return most
}
