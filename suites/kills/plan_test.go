package kills_test

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// steady is the scenario that a quiet defect must pass.
	steady = "health-steady"
	// drawn is how many scenarios are tried beside those of the claim.
	drawn = 2
	// rest, as FULL, leaves out the cells on record: the whole matrix takes
	// hours, and can be played in parts.
	rest = "rest"
	// unnamed, as FULL, plays the cells on record of which nobody knows by which
	// expectation they broke a claim that has no counter-example otherwise.
	unnamed = "unnamed"
)

// plan lists the scenarios that a defect is tried with.
func plan(d defect, seed int64) []scenarios.Scenario {
	all := symptoms.All()
	switch {
	case os.Getenv("FULL") == rest:
		return slices.DeleteFunc(all, func(s scenarios.Scenario) bool { return onRecord[d.Name].knows(s.ID) })
	case os.Getenv("FULL") == unnamed:
		return slices.DeleteFunc(all, func(s scenarios.Scenario) bool { return !onRecord.unnamed(d.Name, s.ID) })
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

// unnamed reports whether a cell broke a claim that no expectation on record did.
func (r record) unnamed(name, scenario string) bool {
	known := r.counterExamples().Claims
	return slices.ContainsFunc(r[name].Cells, func(c cell) bool {
		return c.Scenario == scenario && c.Verdict == string(judge.Failed) &&
			slices.ContainsFunc(c.Claims, func(claim string) bool { return len(known[claim]) == 0 })
	})
}

// provesOf reports whether a scenario is one of those that must notice when
// the claim, or the rule of the contract, is broken.
func provesOf(s scenarios.Scenario, breaks string) bool {
	if slices.Contains(s.Claims(), breaks) || slices.ContainsFunc(s.Diagnosis, func(step scenarios.Step) bool { return step.Claim == breaks }) {
		return true
	}
	return slices.Contains(rules[breaks], s.ID)
}

// rules are the scenarios that must notice when a rule is broken which stands
// in the contract and not in the runbook: each of them tries that rule.
var rules = map[string][]string{
	"contract.auth.algorithm":        {"creation-permissions"},
	"contract.auth.audience":         {"creation-permissions"},
	"contract.auth.expired":          {"creation-permissions"},
	"contract.auth.issuer":           {"creation-permissions"},
	"contract.auth.provider":         {"identity-down"},
	"contract.auth.rotation":         {"identity-rotated"},
	"contract.breaker.one-trial":     {"breaker-half-open"},
	"contract.breaker.threshold":     {"venue-flapping", "venue-intermittent"},
	"contract.cache.fresh":           {"read-after-write", "cache-cleared", "events-not-appearing", "rls-policy-dropped", "redis-read-only", "tenant-concurrent"},
	"contract.cache.life":            {"cache-cleared"},
	"contract.env.all-at-once":       {"environment-none"},
	"contract.limits.body":           {"creation-invalid"},
	"contract.limits.pool":           {"database-pool-exhausted"},
	"contract.limits.venue-no-slots": {"venue-queue"},
	"contract.log.scope":             {"tenant-matrix"},
	"contract.log.secrets":           {"environment-database-url", "environment-redis-url"},
	"contract.problem.no-internals":  {"database-refused", "database-reset", "database-slow"},
	"contract.recovery.database":     {"database-refused", "database-reset", "database-stopped", "database-crashed"},
	"contract.redis.deadline":        {"redis-blackhole", "redis-frozen", "redis-slow"},
	"contract.redis.optional":        {"redis-refused", "redis-stopped", "redis-frozen", "cache-corrupt"},
	"contract.status.absent":         {"database-refused", "database-stopped"},
	"contract.status.internal":       {"database-backends-killed", "database-blackhole", "database-frozen", "database-slow", "database-pool-exhausted", "database-locked"},
	"contract.status.body":           {"database-refused", "database-slow"},
	"contract.tenant.existence":      {"tenant-matrix"},
	"contract.venue.known":           {"venue-unknown"},
	"contract.write.acknowledged":    {"database-blackhole", "database-frozen", "database-slow", "database-commit-lost", "database-crashed", "service-crash"},
	"contract.write.if-match":        {"read-after-write"},
	"contract.write.once":            {"database-commit-lost", "creation-idempotent", "redis-stopped"},
	"contract.write.refused":         {"database-refused", "database-stopped", "database-read-only", "database-commit-lost", "venue-unknown", "venue-down", "venue-error"},
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
		most += s.Bound()
	}
	return most
}
