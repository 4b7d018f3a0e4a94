package hazards

import (
	"strings"

	"github.com/runproof/runproof/scenarios"
)

var breaksOnOddNames = Rule{
	ID: "breaks-on-odd-names", Title: "a name may have a space or a quote in it",
	Why: "what has such a name is left behind, or something else is hit that happens to be called like a part of it",
	Bad: Example{
		Runbook: block("redis-cli KEYS \"a:*\" | xargs redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli KEYS \"a:*\" | xargs redis-cli DEL", World: scenarios.WorldHealthy, Stdout: "3", Before: state("redis a:*", "3"), After: state()},
			{Command: "redis-cli KEYS \"a:*\" | xargs redis-cli DEL", World: scenarios.WorldOdd, Stdout: "2", Before: state("redis a:*", "3"), After: state("redis a:*", "1")},
		},
	},
	Good: Example{
		Runbook: block("redis-cli KEYS \"a:*\" | tr '\\n' '\\0' | xargs -0 redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli KEYS \"a:*\" | tr '\\n' '\\0' | xargs -0 redis-cli DEL", World: scenarios.WorldHealthy, Stdout: "3", Before: state("redis a:*", "3"), After: state()},
			{Command: "redis-cli KEYS \"a:*\" | tr '\\n' '\\0' | xargs -0 redis-cli DEL", World: scenarios.WorldOdd, Stdout: "3", Before: state("redis a:*", "3"), After: state()},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if _, fails := c.fails(); fails {
				continue
			}
			x, _ := c.healthy()
			emptied := map[string]bool{}
			for _, ch := range changes(x) {
				emptied[ch.what] = ch.after == "" || ch.after == "0"
			}
			for _, odd := range c.in(scenarios.WorldOdd) {
				var left []string
				for name, n := range odd.After {
					if emptied[name] && n != "" && n != "0" {
						left = append(left, name+": "+n+" left")
					}
				}
				said := failure(odd)
				if said == "" && len(left) == 0 {
					continue
				}
				f := finding{
					statement: c.Statement, ran: where(odd), saw: strings.Join(append(left, strings.Fields(said)...), " "),
					proposal: "hand names on with a null byte between them (tr '\\n' '\\0' | xargs -0)",
				}
				report(f.withSafeClearing(c))
				break
			}
		}
	},
}
