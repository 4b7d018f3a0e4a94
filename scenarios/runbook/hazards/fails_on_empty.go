package hazards

import (
	"regexp"

	"github.com/runproof/runproof/scenarios"
)

var failsOnEmpty = Rule{
	ID: "fails-on-empty", Title: "where there is no data, a command does nothing and says nothing",
	Why: "an error where nothing is wrong: whoever is called at night looks for its cause, and a script stops",
	Bad: Example{
		Runbook: block("redis-cli KEYS \"a:*\" | xargs redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli KEYS \"a:*\" | xargs redis-cli DEL", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "2"},
			{Command: "redis-cli KEYS \"a:*\" | xargs redis-cli DEL", World: scenarios.WorldEmpty, Exits: []int{0, 0}, Stdout: "ERR wrong number of arguments for 'del' command"},
		},
	},
	Good: Example{
		Runbook: block("redis-cli --scan --pattern \"a:*\" | xargs -r redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli --scan --pattern \"a:*\" | xargs -r redis-cli DEL", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "2"},
			{Command: "redis-cli --scan --pattern \"a:*\" | xargs -r redis-cli DEL", World: scenarios.WorldEmpty, Exits: []int{0, 0}},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if _, fails := c.fails(); fails {
				continue
			}
			for _, x := range c.in(scenarios.WorldEmpty) {
				if said := failure(x); said != "" {
					f := finding{
						statement: c.Statement, ran: where(x), saw: said,
						proposal: "let it do nothing where nothing is found (xargs -r, IF EXISTS)",
					}
					report(f.withSafeClearing(c))
					break
				}
			}
		}
	},
}

// clearing is the common way to delete keys by a pattern, with its parts.
var clearing = regexp.MustCompile(`redis-cli((?: -[hpnau] \S+)*) KEYS ("[^"]*"|'[^']*'|\S+) \| xargs redis-cli((?: -[hpnau] \S+)*) DEL`)

// withSafeClearing proposes, for keys that are deleted by a pattern, a way that
// blocks nobody, takes any name, and does nothing where there is none.
func (f finding) withSafeClearing(c command) finding {
	if safe := clearing.ReplaceAllString(c.Text, `redis-cli$1 --scan --pattern $2 | tr '\n' '\0' | xargs -0 -r -n 100 redis-cli$3 UNLINK`); safe != c.Text {
		f.proposal, f.from, f.to = "write "+safe, c.Text, safe
	}
	return f
}
