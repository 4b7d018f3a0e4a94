package harness_test

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/fixtures/operator"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/trial"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// hostile is a runbook against the servers, the lanes beside its own and the
// machine; what tries every way out of the sandbox is in fixtures/operator.
const hostile = "# Hostile\n\n```bash\n" + `redis-cli FLUSHALL
redis-cli SHUTDOWN NOSAVE
redis-cli REPLICAOF 127.0.0.1 1
psql -d event_service -c "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'event_service'"
psql -d event_service -c "ALTER SYSTEM SET default_transaction_read_only = on; SELECT pg_reload_conf()"
psql -d event_service -c "TRUNCATE event_service.events"
psql -d postgres -c "DROP DATABASE event_service WITH (FORCE)"
bash -c 'bomb() { bomb | bomb & }; bomb'
bash -c 'kill -9 -1; sleep 60'
` + "```\n"

// By hand: let owns in fixtures/lane say no for commands, and "DROP DATABASE",
// say, takes the others' server along.
var _ = Describe("A hostile runbook", func() {
	It("changes no verdict of the scenarios beside it", func(ctx SpecContext) {
		b := newBench(ctx)
		plays := slices.DeleteFunc(trial.Plays(document.Parse([]byte(hostile)), operator.Writes), func(s scenarios.Scenario) bool {
			return s.Data != "" // the same commands again
		})
		honest := []scenarios.Scenario{symptoms.DatabaseReset(), symptoms.RedisRefused(), symptoms.CacheCleared()}
		results := scenarios.Run(ctx, append(plays, honest...), b.ground, scenarios.Options{Mode: scenarios.Verify, Jobs: 6})
		for _, r := range results[len(plays):] {
			Expect(r.Verdict).To(Equal(scenarios.Passed), r.Scenario+": "+r.Reason)
		}
		executed := 0
		for _, r := range results[:len(plays)] {
			for _, a := range r.Answers {
				for _, x := range a.Executions {
					if x.Took > 0 {
						executed++
					}
					Expect(x.Took).To(BeNumerically("<", 2*operator.Bound), x.Command)
				}
			}
		}
		Expect(executed).To(BeNumerically(">=", strings.Count(hostile, "\n")-5))
		r := b.play(ctx, symptoms.DatabaseReset(), scenarios.Verify, nil)
		Expect(r.Verdict).To(Equal(scenarios.Passed), "afterwards: "+r.Reason)
	}, SpecTimeout(2*specTimeout))
})
