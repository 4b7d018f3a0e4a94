package harness_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/fixtures/lease"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
)

const (
	// hostileRunbook is what the operator's shell is tried with, one line at a time.
	hostileRunbook = "../../fixtures/operator/testdata/hostile.md"
	// hostileTimeout bounds a run in which each of its lines is executed in each world,
	// some until they are ended.
	hostileTimeout = 10 * time.Minute
)

// beside are the scenarios that are played meanwhile: of each dependency one.
var beside = []string{"database-refused", "redis-refused", "venue-unknown", "tenant-matrix"}

var _ = Describe("A hostile runbook", func() {
	It("changes nothing outside, and no verdict of the scenarios beside it", func() {
		dir := GinkgoT().TempDir()
		Expect(os.Chmod(dir, 0o777)).To(Succeed())
		for name, text := range map[string]string{"file": "untouched", "secret": "secret", "kubeconfig": ""} {
			Expect(os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)).To(Succeed())
		}
		var reached atomic.Int32
		ip, release, err := lease.Address()
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(release)
		_, port, err := net.SplitHostPort(countVisits(&reached, "127.0.0.1:0"))
		Expect(err).NotTo(HaveOccurred())
		countVisits(&reached, net.JoinHostPort(ip, port))
		text, err := os.ReadFile(hostileRunbook)
		Expect(err).NotTo(HaveOccurred())
		// 4194304 is above the highest process id there can be.
		filled := strings.NewReplacer("CANARY_PORT", port, "CANARY_DIR", dir, "OTHER_LANE", ip, "CANARY_PID", "4194304",
			"CANARY_ABSTRACT", "runproof-canary", "CANARY_NAME", "runproof-canary").Replace(string(text))
		file := filepath.Join(GinkgoT().TempDir(), "hostile.md")
		Expect(os.WriteFile(file, []byte(filled), 0o600)).To(Succeed())

		files := GinkgoT().TempDir()
		Eventually(command(nil, append([]string{"export", "--out", files}, beside...)...), answersWithin).Should(gexec.Exit(0))
		out := GinkgoT().TempDir()
		session := command(nil, "verify", "--stack", "processes", "--jobs", "8", "--out", out, "--runbook", file,
			"--claims", filepath.Join(files, "claims.yaml"), "--scenarios", filepath.Join(files, "scenarios.yaml"))
		Eventually(session, hostileTimeout).Should(gexec.Exit())
		bundles, err := filepath.Glob(filepath.Join(out, "*", "result.json"))
		Expect(err).NotTo(HaveOccurred())
		Expect(bundles).To(HaveLen(1))
		raw, err := os.ReadFile(bundles[0])
		Expect(err).NotTo(HaveOccurred())
		run, err := reports.Parse(raw)
		Expect(err).NotTo(HaveOccurred())
		Expect(run.Trials).NotTo(BeEmpty(), "none of its commands was executed")
		Expect(run.Results).To(HaveLen(len(beside)), "a play of its commands did not pass")
		for _, r := range run.Results {
			Expect(r.Verdict).To(Equal(judge.Passed), "%s: %s", r.Scenario, r.Reason)
		}

		Expect(reached.Load()).To(BeZero(), "somebody connected")
		Expect(os.ReadFile(filepath.Join(dir, "file"))).To(BeEquivalentTo("untouched"))
		Expect(os.ReadDir(dir)).To(HaveLen(3))
		for _, path := range []string{"/dev/shm/runproof-canary", "/etc/cron.d/x", "/usr/local/bin/harm"} {
			Expect(path).NotTo(BeAnExistingFile())
		}
	}, SpecPriority(1)) // the longest begins first
})

// countVisits counts who connects to an address, which it returns.
func countVisits(visits *atomic.Int32, address string) string {
	GinkgoHelper()
	listener, err := net.Listen("tcp", address)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(listener.Close)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			visits.Add(1)
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}
