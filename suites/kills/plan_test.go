package kills_test

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// steady is the scenario that a quiet defect must pass.
	steady = "health-steady"
	// drawn is how many scenarios are tried beside those of the claim.
	drawn = 2
)

// plan lists the scenarios that a defect is tried with.
func plan(d defect, seed int64) []scenarios.Scenario {
	all := symptoms.All()
	switch {
	case os.Getenv("FULL") != "":
		return all
	case os.Getenv("FAMILIES") != "":
		killer := onRecord.killer(d.Name)
		return slices.DeleteFunc(all, func(s scenarios.Scenario) bool { return s.ID != killer })
	}
	var chosen, rest []scenarios.Scenario
	for _, s := range all {
		if s.ID == steady || provesOf(s, d.Breaks) {
			chosen = append(chosen, s)
		} else {
			rest = append(rest, s)
		}
	}
	name := fnv.New64()
	_, _ = name.Write([]byte(d.Name)) // a hash takes everything
	draw := rand.New(rand.NewPCG(uint64(seed), name.Sum64()))
	draw.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return append(chosen, rest[:min(drawn, len(rest))]...)
}

// provesOf reports whether a scenario is one of those that must notice when
// the claim, or the rule of the contract, is broken.
func provesOf(s scenarios.Scenario, breaks string) bool {
	if slices.Contains(s.Claims(), breaks) || slices.ContainsFunc(s.Diagnosis, func(step scenarios.Step) bool { return step.Claim == breaks }) {
		return true
	}
	rule, isRule := strings.CutPrefix(breaks, "contract.")
	if !isRule {
		return false
	}
	for prefix, parts := range rules {
		if strings.HasPrefix(rule, prefix) && slices.ContainsFunc(parts, func(part string) bool { return strings.HasPrefix(s.ID, part) }) {
			return true
		}
	}
	return false
}

// rules are the scenarios, by the beginnings of their names, that must notice
// when a rule is broken which stands in the contract and not in the runbook.
var rules = map[string][]string{
	"auth":             {"creation-permissions", "identity"},
	"breaker":          {"breaker", "venue"},
	"cache":            {"cache", "creation-appears"},
	"env":              {"environment"},
	"limits":           {"database-pool", "database-lock", "venue-queue", "venue-slow", "creation-invalid"},
	"log":              {"environment-database", "environment-redis", "creation-permissions", "tenant", "database-refused"},
	"problem":          {"database-refused", "database-slow", "database-reset"},
	"recovery":         {"database-refused", "database-reset", "database-stopped", "database-crashed"},
	"redis":            {"redis", "cache-garbage"},
	"status":           {"database-refused", "database-slow", "creation"},
	"tenant":           {"tenant", "rls"},
	"write.once":       {"database-reset", "database-cut", "database-commit", "database-slow", "database-frozen", "database-backends", "creation-once", "redis-stopped"},
	"write.refused":    {"database-refused", "database-stopped", "database-read-only", "venue-unknown", "venue-down", "venue-error"},
	"write.acknowledg": {"database-hole", "database-frozen", "database-slow", "database-read-only", "service"},
	"write.if-match":   {"creation-appears", "tenant-matrix"},
}

// tried lists the defects that have a spec in this run: of each family the one
// whose trial is over first.
func tried() []defect {
	if os.Getenv("FAMILIES") == "" {
		return defects
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
		most += s.Bound()
	}
	return most
}
