package hazards

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// maxStall is how long others may wait because of an observation or a clearing. The
// event-service gives Redis 200 ms before it goes on without; half of that
// leaves room for the request itself.
const maxStall = 100 * time.Millisecond

var blocksOnMuch = Rule{
	ID: "blocks-on-much", Title: "a command does not block a server that holds much",
	Why: "all other clients of the server wait until it is done: the cure is an outage of its own",
	Bad: Example{
		Runbook: block("redis-cli KEYS \"a:*\" | wc -l"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli KEYS \"a:*\" | wc -l", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "3", Stalled: time.Millisecond},
			{Command: "redis-cli KEYS \"a:*\" | wc -l", World: scenarios.WorldLarge, Exits: []int{0, 0}, Stdout: "1000000", Took: 900 * time.Millisecond, Stalled: 450 * time.Millisecond},
		},
	},
	Good: Example{
		Runbook: block("redis-cli --scan --pattern \"a:*\" | wc -l"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli --scan --pattern \"a:*\" | wc -l", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "3", Stalled: time.Millisecond},
			{Command: "redis-cli --scan --pattern \"a:*\" | wc -l", World: scenarios.WorldLarge, Exits: []int{0, 0}, Stdout: "1000000", Took: 2 * time.Second, Stalled: 3 * time.Millisecond},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			for _, x := range c.in(scenarios.WorldLarge) {
				if x.Stalled > maxStall {
					f := finding{
						statement: c.Statement, ran: where(x),
						saw:      fmt.Sprintf("another client waited %s for its answer", x.Stalled.Round(time.Millisecond)),
						proposal: "walk through it in small steps (SCAN, LIMIT) instead of asking for all at once",
					}
					report(f.withSafeClearing(c))
					break
				}
			}
		}
	},
}
