package harness_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

// answersWithin bounds a command line that is wrong, or meets a machine that
// cannot do what it asks: one clear line, and no hang.
const answersWithin = 45 * time.Second

// blackHoleTimeout bounds the same for published ports that are looked for in
// vain, which is noticed only once the containers run.
const blackHoleTimeout = 2 * time.Minute

// needsDocker skips a spec at home, and fails it in CI, where no engine answers.
func needsDocker() {
	GinkgoHelper()
	version := exec.Command("docker", "version")
	version.Env = os.Environ()
	if version.Run() == nil {
		return
	}
	if os.Getenv("CI") != "" {
		Fail("no Docker engine answers")
	}
	Skip("no Docker engine answers")
}

// command runs the binary with an environment changed by pairs of name and value.
func command(env []string, args ...string) *gexec.Session {
	GinkgoHelper()
	cmd := exec.Command(runproof, args...)
	cmd.Env = append(append(os.Environ(), "RUNPROOF_TARGET="+service), env...)
	session, err := gexec.Start(cmd, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	return session
}

var _ = Describe("The command line", func() {
	DescribeTable("says in one line what is wrong", func(code int, said string, env []string, args ...string) {
		session := command(env, args...)
		Eventually(session, answersWithin).Should(gexec.Exit(code))
		text := string(session.Err.Contents())
		Expect(text).To(ContainSubstring(said))
		Expect(text).To(HavePrefix("runproof: "))
		Expect(text).NotTo(ContainSubstring("goroutine"))
		Expect(text).To(MatchRegexp(`^[^\n]+\n$`), "one line")
	},
		Entry("an unknown scenario", 2, `did you mean "database-refused"?`, nil, "verify", "databse-refused"),
		Entry("a lab without servers", 3, "not found on this machine", []string{"PATH=/nowhere"}, "lab", "--stack", "processes"),
		Entry("an unknown scenario like none", 2, `known: database-refused`, nil, "verify", "x"),
		Entry("an unknown section", 2, `no such section "Nowhere"`, nil, "verify", "--section", "Nowhere"),
		Entry("filters that match nothing together", 2, "no scenario matches", nil, "verify", "rls-leak", "--severity", "P3"),
		Entry("an unknown flag", 2, "unknown flag: --nonsense", nil, "verify", "--nonsense"),
		Entry("an unknown command", 2, `no such command "verfy"`, nil, "verfy"),
		Entry("an unknown stack", 2, `--stack "kubernetes" is not one of`, nil, "verify", "--stack", "kubernetes"),
		Entry("an unreadable runbook", 2, "no such file", nil, "verify", "--runbook", "/nowhere/runbook.md"),
		Entry("a runbook that is a directory", 2, "is a directory", nil, "verify", "--runbook", os.TempDir()),
		Entry("an output directory below a file", 2, "not a directory", nil, "verify", "--out", filepath.Join(os.DevNull, "out")),
		Entry("explain without a name", 2, "takes the ID", nil, "explain"),
		Entry("explain of nothing known", 2, `no such scenario "x"`, nil, "explain", "x"),
		Entry("a Docker host that refuses", 3, "tcp://127.0.0.1:1", []string{"DOCKER_HOST=tcp://127.0.0.1:1"}, "verify", "--stack", "containers"),
		Entry("no Docker engine and no binaries", 3, "apt-get install", []string{"DOCKER_HOST=tcp://127.0.0.1:1", "PATH=/nowhere"}, "verify"),
	)

	It("does not wait for a Docker host that accepts and says nothing", func() {
		silent, err := net.Listen("tcp", "127.0.0.1:0")
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(silent.Close)
		host := "tcp://" + silent.Addr().String()
		session := command([]string{"DOCKER_HOST=" + host}, "verify", "--stack", "containers")
		Eventually(session, answersWithin).Should(gexec.Exit(3))
		Expect(string(session.Err.Contents())).To(MatchRegexp(`^runproof: [^\n]+\n$`))
		Expect(string(session.Err.Contents())).To(ContainSubstring(host))
	})

	It("does not wait for published ports where they are not", func() {
		needsDocker()
		session := command([]string{"TESTCONTAINERS_HOST_OVERRIDE=nowhere.invalid"}, "verify", "--stack", "containers")
		Eventually(session, blackHoleTimeout).Should(gexec.Exit(3))
		Expect(string(session.Err.Contents())).To(MatchRegexp(`^runproof: [^\n]+\n$`))
		Expect(string(session.Err.Contents())).To(And(ContainSubstring("nowhere.invalid"), ContainSubstring("TESTCONTAINERS_HOST_OVERRIDE")))
	})

	It("lists and explains without a stack", func() {
		for _, args := range [][]string{{"list"}, {"list", "--output", "json"}, {"list", "claims"}, {"explain", "database-refused"}, {"explain", "database.symptom.503"}, {"--help"}} {
			session := command(nil, args...)
			Eventually(session, answersWithin).Should(gexec.Exit(0))
			Expect(session.Out.Contents()).NotTo(BeEmpty())
		}
	})
})
