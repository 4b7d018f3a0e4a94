package ledger

// Shard is one of several runs that play the scenarios of one together, each on a
// machine of its own.
type Shard struct {
	// Index counts from 1 up to Of.
	Index int `json:"index"`
	Of    int `json:"of"`
	// Assigned says of everything that the shards play together, in the order of the
	// runbook, which plays it.
	Assigned []Assignment `json:"assigned"`
}

// Assignment is what one shard plays: a scenario, or the commands of one kind in the
// document.
type Assignment struct {
	Scenario string `json:"scenario"`
	Shard    int    `json:"shard"`
}

// Plays says whether the shard itself plays a scenario.
func (s Shard) Plays(scenario string) bool {
	for _, a := range s.Assigned {
		if a.Scenario == scenario {
			return a.Shard == s.Index
		}
	}
	return false
}
