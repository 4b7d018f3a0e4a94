package harness_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// cheatTimeout bounds all scenarios of one cheating service, played side by side: five
	// minutes on two slow cores, beside the other specs.
	cheatTimeout = 15 * time.Minute
	// sectionsFailed is in how many sections of the runbook it must fail, at least.
	sectionsFailed = 5
	// examinedAtOnce is how many of its scenarios are played at once.
	examinedAtOnce = 6
)

// examined is one scenario or two of each section, the quick ones.
var examined = []string{
	"database-refused", "database-reset", "redis-refused", "creation-invalid", "read-after-write", "creation-idempotent",
	"creation-tenant", "tenant-matrix", "venue-unknown", "cache-cleared", "service-crash", "dependencies-all-down",
}

// A cheating service hard-codes the documented answers. To see this red
// by hand, take the audit out of scenarios/audit.go: the one that keeps its
// data in memory then passes what it is asked about the database.
var _ = Describe("A cheating service", func() {
	for _, kind := range []string{"hardcoded", "memory"} {
		// Begun first: nothing else takes as long.
		It("fails: "+kind, SpecPriority(1), SpecTimeout(cheatTimeout), func(ctx SpecContext) {
			path, err := gexec.Build("github.com/runproof/runproof/suites/harness/cheat")
			Expect(err).NotTo(HaveOccurred())
			cheat, err := target.Inspect(path)
			Expect(err).NotTo(HaveOccurred())
			worlds := testbed.With(newBench(ctx).testbed, testbed.Program(cheat, kind))
			var list []scenarios.Scenario
			for _, s := range symptoms.All() {
				if slices.Contains(examined, s.ID) {
					list = append(list, s)
				}
			}
			failed := map[string]bool{}
			var report strings.Builder
			for _, r := range play.Run(ctx, list, worlds, play.Options{Mode: scenarios.Verify, Jobs: examinedAtOnce}) {
				fmt.Fprintf(&report, "%s (%s): %s: %s\n", r.Scenario, r.Section, r.Verdict, r.Reason)
				if r.Verdict == judge.Failed {
					failed[r.Section] = true
				}
			}
			GinkgoWriter.Print(report.String())
			Expect(slices.Collect(maps.Keys(failed))).To(HaveLen(max(sectionsFailed, len(failed))), "sections failed:\n%s", report.String())
		})
	}
})
