package kills_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/scenarios/world"
	"github.com/runproof/runproof/suites/testbed"
)

// mutants are services with one defect each, and the claims that it breaks: those
// turn FALSE, and no other does.
var mutants = []struct {
	defect string
	breaks []string
}{
	{"service-unnamed", []string{"health.manual.service"}},
	{"version-of-nothing", []string{"health.manual.version"}},
	{"timestamp-to-the-second", []string{"health.manual.timestamp"}},
	{"disk-path-of-another-system", []string{"health.manual.disk"}},
	{"memory-threshold-of-nothing", []string{"health.manual.memory"}},
	{"live-in-other-words", []string{"health.endpoints.live"}},
	{"live-asks-database", []string{"health.endpoints.live"}},
	// An untyped failure is no 400 or 422, and does not say what is wrong either.
	{"broken-rule-is-untyped", []string{"creation.symptom.validation-errors", "creation.resolution.validation-response"}},
	// Where no role is read, nobody needs a permission.
	{"role-not-read", []string{"creation.resolution.permissions", "creation.resolution.user-permissions"}},
	// Whoever names another tenant is shown that tenant's data.
	{"header-over-token", []string{"tenant.resolution.request-tenant", "tenant.symptom.cross-tenant"}},
	// Whoever names no tenant is given one: none of the four that say otherwise is left.
	{"tenant-by-default", []string{
		"creation.resolution.tenant-required", "creation.resolution.tenant-context", "tenant.resolution.request-context", "tenant.symptom.missing-tenant-id",
	}},
	{"unavailable-is-untyped", []string{"database.symptom.503"}},
	{"causes-not-logged", []string{"database.symptom.econnrefused", "database.symptom.names-database"}},
}

// quick are the scenarios that are played of each: seconds, and no long wait.
var quick = []string{
	"health-steady", "dependencies-all-down", "creation-invalid", "creation-tenant", "creation-permissions", "tenant-matrix", "database-refused",
}

const mutantEntry = "mutant"

// mutant is a line of the table.
type mutant struct {
	Defect                                   string
	False, True, Unsteady, Others, Undecided []string
}

// ledgerOf plays the quick scenarios and gives each claim its verdict. Whether a
// check can fail is what the mutants show, so that no other proof of it is asked.
func ledgerOf(ctx SpecContext, worlds world.Worlds) []ledger.Row {
	GinkgoHelper()
	list := slices.DeleteFunc(symptoms.All(), func(s scenarios.Scenario) bool { return !slices.Contains(quick, s.ID) })
	Expect(list).To(HaveLen(len(quick)), "a scenario is called otherwise now")
	results := play.Run(ctx, list, worlds, play.Options{Mode: scenarios.Verify, Jobs: sideBySide})
	for _, r := range results {
		Expect(r.Verdict).To(BeElementOf(judge.Passed, judge.Failed), "%s: %s", r.Scenario, r.Reason)
	}
	able := ledger.CounterExamples{}
	for _, r := range results {
		for _, o := range r.Outcomes {
			for _, id := range o.Claims {
				able[id] = append(able[id], ledger.CounterExample{World: "the other mutants", OutcomeKey: o.Key(r.Scenario)})
			}
		}
	}
	return ledger.Ledger(runbook.Claims(), results, able)
}

var _ = Describe("Mutants of the service", Label("mutants"), Ordered, ContinueOnFailure, func() {
	var honest []string

	It("have one that is sound", func(ctx SpecContext) {
		for _, row := range ledgerOf(ctx, shared.Testbed) {
			Expect(row.Verdict).NotTo(Equal(ledger.False), "%s: %s", row.ID, row.Reason)
			if row.Verdict == ledger.True {
				honest = append(honest, row.ID)
			}
		}
		Expect(len(mutants)).To(BeNumerically(">=", 10))
		for _, t := range mutants {
			for _, id := range t.breaks {
				Expect(honest).To(ContainElement(id), "it cannot turn FALSE: it is not TRUE of the sound service")
			}
		}
	}, SpecTimeout(trialTimeout))

	for _, t := range mutants {
		It(t.defect, func(ctx SpecContext) {
			line := mutant{Defect: t.defect}
			reasons := map[string]string{}
			for _, row := range ledgerOf(ctx, testbed.With(shared.Testbed, testbed.Arguments("--defect", t.defect))) {
				if row.Verdict == ledger.False || slices.Contains(t.breaks, row.ID) || slices.Contains(honest, row.ID) && row.Verdict != ledger.True {
					reasons[row.ID] = row.Reason
				}
				switch {
				case slices.Contains(t.breaks, row.ID) && row.Verdict == ledger.False:
					line.False = append(line.False, row.ID)
				case row.Verdict == ledger.False:
					line.Others = append(line.Others, row.ID)
				case !slices.Contains(honest, row.ID):
				case row.Verdict == ledger.True:
					line.True = append(line.True, row.ID)
				case row.NoSteadyState:
					line.Unsteady = append(line.Unsteady, row.ID)
				default:
					line.Undecided = append(line.Undecided, row.ID)
				}
			}
			AddReportEntry(mutantEntry, line, ReportEntryVisibilityNever)
			Expect(line.False).To(ConsistOf(t.breaks), "what it breaks is not FALSE: %v", reasons)
			Expect(line.Others).To(BeEmpty(), "FALSE, and not broken by it: %v", reasons)
			Expect(line.Undecided).To(BeEmpty(), "neither TRUE nor without a steady state: %v", reasons)
			Expect(line.True).NotTo(BeEmpty())
		}, SpecTimeout(trialTimeout))
	}
})

// The table of the mutants, as far as they were played.
var _ = ReportAfterSuite("mutants", func(report Report) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nMUTANT\tFALSE, AS ITS DEFECT ASKS\tSTILL TRUE\tNO STEADY STATE\tFALSE BESIDE\tELSE")
	played := 0
	for _, spec := range report.SpecReports.WithState(types.SpecStatePassed | types.SpecStateFailed) {
		for _, e := range spec.ReportEntries {
			if e.Name != mutantEntry {
				continue
			}
			line := valueOf[mutant](e)
			played++
			fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%s\t%s\n", line.Defect, cmp.Or(strings.Join(line.False, " "), "NONE"), len(line.True), len(line.Unsteady),
				cmp.Or(strings.Join(line.Others, " "), "-"), cmp.Or(strings.Join(line.Undecided, " "), "-"))
		}
	}
	if played > 0 {
		_ = table.Flush()
	}
})
