package harness_test

import (
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/ledger"
)

// ordersDir holds a service that is no event-service, with a runbook of its own.
const ordersDir = "../../fixtures/target/testdata/orders"

// ordersScenarios are all of its file. They are named so that no command of the runbook is
// played by itself: kubectl is answered for the event-service's deployment alone.
var ordersScenarios = []string{"postgres-is-down", "orders-are-slow", "database-connections-are-used", "redis-is-down", "required-variables", "documented-answers"}

var _ = Describe("A service that is no event-service", func() {
	// By hand: mend a deviation in app.py, or have the log say "postgres unreachable" at the
	// start, and the claim of that line is FALSE.
	It("is judged by its own runbook, and deviates as was written down beforehand", Label("foreign"), SpecTimeout(specTimeout), func(SpecContext) {
		needsPython()
		of := func(name string) string { return filepath.Join(ordersDir, name) }
		rows, _ := verifyForeign(ordersDir, append(ordersScenarios, "--runbook", of("runbook.md"), "--claims", of("claims.yaml"), "--scenarios", of("scenarios.yaml"))...)
		expectFalse(rows, deviations(ordersDir))
		proven := 0
		for _, row := range rows {
			if row.Verdict != ledger.True {
				continue
			}
			Expect(row.CounterExample).NotTo(BeEmpty(), row.ID)
			if strings.Contains(row.CounterExample, "in this run") {
				proven++
			}
		}
		Expect(proven).To(BeNumerically(">", 5), "claims that the run itself shows to be able to fail")
	})
})
