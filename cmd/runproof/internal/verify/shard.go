package verify

import (
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/shard"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// divisible says why a run cannot be divided as asked; nil: it can.
func (o Options) divisible() error {
	switch {
	case o.Shards == 0 && o.Shard == 0:
		return nil
	case o.Shards < 1 || o.Shard < 1 || o.Shard > o.Shards:
		return exit.Usage("--shards %d --shard %d: --shards says how many there are, --shard which of them this is, from 1 on", o.Shards, o.Shard)
	case o.Lock:
		return exit.Usage("--lock covers the whole runbook and cannot be combined with --shards")
	case o.Baseline != "":
		return exit.Usage("--baseline and --shards cannot be combined: merge the shards of each (report --merge), then compare")
	}
	return nil
}

// divide leaves of what was chosen what this shard plays.
func (p *plan) divide() error {
	p.commands = p.trials()
	if p.Shards == 0 {
		return nil
	}
	p.shard = &ledger.Shard{Index: p.Shard, Of: p.Shards, Assigned: shard.Assign(p.chosen, p.commands, p.Shards, symptoms.Takes)}
	others := func(s scenarios.Scenario) bool { return !p.shard.Plays(s.ID) }
	p.chosen, p.commands = slices.DeleteFunc(p.chosen, others), slices.DeleteFunc(p.commands, others)
	if len(p.chosen)+len(p.commands) == 0 {
		return exit.Usage("--shards %d: there is nothing left for shard %d to play", p.Shards, p.Shard)
	}
	return nil
}
