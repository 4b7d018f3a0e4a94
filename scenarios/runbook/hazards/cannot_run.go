package hazards

import "github.com/runproof/runproof/scenarios"

var cannotRun = Rule{
	ID: "cannot-run", Title: "a command runs as printed where nothing is wrong",
	Why: "in a healthy world it fails: at night its error is taken for the incident's",
	Bad: Example{
		Runbook: block("# Is it up?\ncurl /health"),
		Executions: []scenarios.Execution{
			{Command: "curl /health", World: scenarios.WorldHealthy, Exit: 3, Exits: []int{3}, Stderr: "curl: (3) URL rejected: No host part in the URL"},
		},
	},
	// grep ends with 1 to say that there is none; that is no failure.
	Good: Example{
		Runbook: block("# Were there errors? Prints how many\ngrep -c refused service.log"),
		Executions: []scenarios.Execution{
			{Command: "grep -c refused service.log", World: scenarios.WorldHealthy, Exit: 1, Exits: []int{1}, Stdout: "0\n"},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if x, failed := c.fails(); failed {
				report(finding{
					statement: c.Statement, ran: where(x), saw: x.String(),
					proposal: "print the command as it ran when it last worked, with host, database and names that are there",
				})
			}
		}
	},
}

// fails tells whether a command fails in the healthy world, in all its roles.
func (c command) fails() (scenarios.Execution, bool) {
	list := c.in(scenarios.WorldHealthy)
	for _, x := range list {
		if failure(x) == "" {
			return scenarios.Execution{}, false
		}
	}
	if len(list) == 0 {
		return scenarios.Execution{}, false
	}
	return list[0], true
}

// block is a runbook of one shell block, for examples.
func block(text string) string { return "# Example\n\n```bash\n" + text + "\n```\n" }
