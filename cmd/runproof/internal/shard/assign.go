// Package shard divides a run among machines, and makes one run of what they found.
package shard

import (
	"cmp"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Assign divides what a run plays among shards, so that each has about as much to
// do: the longest first, each to the shard that has least. All of the document's
// commands go to the first, since what follows from them follows from all together.
// The same list is divided in the same way wherever it is asked.
func Assign(list, commands []scenarios.Scenario, of int, takes func(scenarios.Scenario) time.Duration) []ledger.Assignment {
	load := make([]time.Duration, of)
	for _, s := range commands {
		load[0] += takes(s)
	}
	longest := slices.Clone(list)
	slices.SortStableFunc(longest, func(a, b scenarios.Scenario) int { return cmp.Compare(takes(b), takes(a)) })
	shards := map[string]int{}
	for _, s := range longest {
		least := 0
		for i := range load {
			if load[i] < load[least] {
				least = i
			}
		}
		load[least] += takes(s)
		shards[s.ID] = least + 1
	}
	var all []ledger.Assignment
	for _, s := range list {
		all = append(all, ledger.Assignment{Scenario: s.ID, Shard: shards[s.ID]})
	}
	for _, s := range commands {
		all = append(all, ledger.Assignment{Scenario: s.ID, Shard: 1})
	}
	return all
}
