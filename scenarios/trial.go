package scenarios

// Trial is what became of one command of the document that was executed as
// printed: in the healthy world, in broken ones, and after their healing.
type Trial struct {
	Statement Statement `json:"statement"`
	// Claim is the claim that is bound to the statement, if any.
	Claim string `json:"claim,omitempty"`
	// Executions are in the order in which they were made.
	Executions []Execution `json:"executions,omitempty"`
	// Verdict and Reason are what follows from them.
	Verdict ClaimVerdict `json:"verdict"`
	Reason  string       `json:"reason,omitempty"`
	// CounterExample names the broken world of this very run in which the same
	// command read differently.
	CounterExample string `json:"counterExample,omitempty"`
}

// In lists the executions of one world.
func (t Trial) In(world string) []Execution {
	var list []Execution
	for _, x := range t.Executions {
		if x.World == world {
			list = append(list, x)
		}
	}
	return list
}
