package scenarios

import (
	"fmt"
	"strings"
	"time"
)

// ProbeCache looks into the service's Redis as an operator does: at the keys
// that match a pattern.
const ProbeCache ProbeKind = "cache"

// CacheEntry is one key of the cache with what is under it.
type CacheEntry struct {
	Key string `json:"key"`
	// Type is Redis' own word: string, list, hash, ...
	Type string `json:"type"`
	// TTL is how long it still lives; negative: for ever.
	TTL time.Duration `json:"ttl"`
	// Value is what a string holds, its beginning where it is long.
	Value string `json:"value,omitempty"`
}

// CacheExpectation is of the keys that match a pattern.
type CacheExpectation struct{ afterReading[CacheExpectation] }

func ofCache(e ExpectationSpec) CacheExpectation {
	return CacheExpectation{afterReading[CacheExpectation]{builder[CacheExpectation]{e, ofCache}}}
}

// Cache looks at the keys that match a pattern ("Cache Invalidation").
func Cache(pattern string) CacheExpectation {
	return ofCache(ExpectationSpec{Probe: Probe{Kind: ProbeCache, Text: pattern}})
}

// HasKeys asks for a key that matches.
func (c CacheExpectation) HasKeys() CacheExpectation {
	return c.check(Check{Kind: "hasKeys"})
}

func (Check) hasKeysHolds(o Observation) bool { return len(o.Cached) > 0 }

// HasNoKeys asks that no key matches. Who could not look saw nothing.
func (c CacheExpectation) HasNoKeys() CacheExpectation {
	return c.check(Check{Kind: "hasNoKeys"})
}

func (Check) hasNoKeysHolds(o Observation) bool { return o.Err == "" && len(o.Cached) == 0 }

// Contains asks for a text in a value under a key that matches.
func (c CacheExpectation) Contains(text string) CacheExpectation {
	return c.check(Check{Kind: "holds", Text: text})
}

func (c Check) holdsHolds(o Observation) bool { return holding(o, c.Text) }

// Lacks asks that no value under a key that matches has a text.
func (c CacheExpectation) Lacks(text string) CacheExpectation {
	return c.check(Check{Kind: "doesNotHold", Text: text})
}

func (c Check) doesNotHoldHolds(o Observation) bool { return o.Err == "" && !holding(o, c.Text) }

func holding(o Observation, text string) bool {
	for _, c := range o.Cached {
		if strings.Contains(c.Value, text) {
			return true
		}
	}
	return false
}

// EndingWithin asks for keys that match, each of which ends by itself within d.
func (c CacheExpectation) EndingWithin(d time.Duration) CacheExpectation {
	return c.check(Check{Kind: "endingWithin", To: d})
}

func (c Check) endingWithinHolds(o Observation) bool {
	for _, entry := range o.Cached {
		if entry.TTL < 0 || entry.TTL > c.To {
			return false
		}
	}
	return len(o.Cached) > 0
}

// showCached says in a few words what was in the cache.
func showCached(list []CacheEntry) string {
	const shown = 3
	var parts []string
	for i, c := range list {
		if i == shown {
			parts = append(parts, fmt.Sprintf("and %d more", len(list)-shown))
			break
		}
		ttl := "no end"
		if c.TTL >= 0 {
			ttl = c.TTL.Round(time.Second).String()
		}
		parts = append(parts, fmt.Sprintf("%s (%s, %s) %s", c.Key, c.Type, ttl, Shorten(c.Value)))
	}
	return fmt.Sprintf("%d keys: %s", len(list), strings.Join(parts, ", "))
}
