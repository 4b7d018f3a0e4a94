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

var _ = Describe("A service that is no event-service", func() {
	// By hand: mend a deviation in app.py, or have the log say "postgres unreachable" at the
	// start, and the claim of that line is FALSE.
	It("is judged by its own runbook, and deviates as was written down beforehand", Label("foreign"), SpecTimeout(specTimeout), func(SpecContext) {
		needsPython()
		of := func(name string) string { return filepath.Join(ordersDir, name) }
		rows, _ := verifyForeign(ordersDir, "--runbook", of("runbook.md"), "--claims", of("claims.yaml"), "--scenarios", of("scenarios.yaml"))
		expectFalse(rows, deviations(ordersDir))
		// A full run executes the runbook's commands, and kubectl finds no cluster: neither in a
		// server, nor in the service, which listens where kubectl asks by default.
		Expect(rows).To(ContainElement(And(HaveField("Verdict", ledger.Untested), HaveField("Reason", ContainSubstring("no cluster")))))
		Expect(rows).To(ContainElement(And(HaveField("ID", "health.command.is-it-ready-for"), HaveField("Verdict", ledger.True))),
			"the runbook's questions are asked although there is no venue-service")
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
