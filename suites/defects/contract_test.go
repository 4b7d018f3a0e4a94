package defects_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

const (
	// contractTimeout bounds the contract suite against one defect: a service
	// that hangs lets many promises run into their own deadline.
	contractTimeout = 10 * time.Minute
	// contractEntry is the name under which a spec reports its line of the table.
	contractEntry = "contract"
	// notReady stands for all promises where no service was there to be asked.
	notReady = "the service does not turn ready"
)

// The contract suite, without any fault, against the service with each defect.
// A latent one must pass it, for it shows itself under a fault alone; any other
// must break a promise, or health-steady. What was seen is in CONTRACT.md.
var _ = Describe("The contract of the service with a defect", Label("contract"), func() {
	for _, name := range names {
		It(name, func(ctx SpecContext) {
			d := find(name)
			target := broken(name)
			verdict := verify(ctx, target, []string{"health-steady"}).Results[0].Verdict
			got := line{Defect: name, Steady: string(verdict), Breaks: brokenPromises(ctx, target)}
			AddReportEntry(contractEntry, got, ReportEntryVisibilityNever)
			if d.Latent {
				Expect(got).To(Equal(line{Defect: name, Steady: "Passed"}), "a latent defect shows itself under a fault only")
				return
			}
			Expect(got.latent()).To(BeFalse(), "nothing shows this defect: it is a latent one")
			if known, err := recorded(); os.Getenv(updateVariable) == "" {
				Expect(err).NotTo(HaveOccurred())
				Expect(got.like(known[name])).To(BeTrue(), "CONTRACT.md says\n%s\nseen\n%s", known[name], got)
			}
		}, SpecTimeout(contractTimeout+trialTimeout))
	}
})

// brokenPromises runs the contract suite on a target, in a process of its own,
// and lists the promises that it saw broken.
func brokenPromises(ctx SpecContext, target string) []string {
	GinkgoHelper()
	report := filepath.Join(GinkgoT().TempDir(), "contract.json")
	cmd := exec.Command(contract, "--ginkgo.label-filter=!red", "--ginkgo.no-color", "--ginkgo.timeout="+contractTimeout.String(), "--ginkgo.json-report="+report)
	// The counter-examples are not read: none needs to be a small one.
	cmd.Env = append(os.Environ(), "RUNPROOF_STACK=processes", "RUNPROOF_TARGET="+target, "RAPID_SHRINKTIME=100ms")
	session, err := gexec.Start(cmd, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { session.Interrupt().Wait(time.Minute) })
	Eventually(ctx, session).WithTimeout(contractTimeout + time.Minute).Should(gexec.Exit())
	text, err := os.ReadFile(report)
	Expect(err).NotTo(HaveOccurred())
	var suites []types.Report
	Expect(json.Unmarshal(text, &suites)).To(Succeed())
	Expect(suites).To(HaveLen(1))
	var list []string
	kept := 0
	for _, spec := range suites[0].SpecReports {
		switch {
		case spec.State.Is(types.SpecStatePassed) && spec.LeafNodeType == types.NodeTypeIt:
			kept++
		case spec.State.Is(types.SpecStateFailureStates) && spec.LeafNodeType == types.NodeTypeIt:
			list = append(list, spec.LeafNodeText)
		case spec.State.Is(types.SpecStateFailureStates) && spec.LeafNodeType == types.NodeTypeSynchronizedBeforeSuite:
			return []string{notReady}
		}
	}
	Expect(kept+len(list)).To(BeNumerically(">", 50), "the promises that were asked for")
	slices.Sort(list)
	return list
}
