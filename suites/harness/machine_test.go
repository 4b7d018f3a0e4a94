package harness_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// quick is the scenario that the rows of the table play: 6 s on an idle machine.
	quick = "creation-idempotent"
	// playedWithin bounds one row, on a machine that plays many.
	playedWithin = 3 * time.Minute
	// diedWithin bounds the end of a run whose stack has died.
	diedWithin = 10 * time.Second
	// lastLineLimit is what the last line of a run may have, in bytes.
	lastLineLimit = 300
)

// user is one row: what a user's machine may be like.
type user struct {
	// env changes the environment: NAME=value, or NAME alone to take one away.
	env []string
	// files are in the home: path and text.
	files map[string]string
	// before is what a shell does first ("ulimit -n 256").
	before string
	// tmp is a folder for temporary files below one of the row's own.
	tmp string
	// code is the exit code, says what the last line has.
	code    int
	message string
}

var _ = Describe("The user's machine", func() {
	// PGSERVICE, PGOPTIONS, PGTZ, PGCONNECT_TIMEOUT, PGMINPROTOCOLVERSION and
	// PGTARGETSESSIONATTRS were red (exit 3: no stack), ulimit -n as well (exit 1:
	// the service was called Failed). The others held, and have to go on holding.
	DescribeTable("neither breaks the harness nor is blamed on the service", func(u user) {
		home := GinkgoT().TempDir()
		for name, text := range u.files {
			Expect(os.MkdirAll(filepath.Dir(filepath.Join(home, name)), 0o755)).To(Succeed())
			Expect(os.WriteFile(filepath.Join(home, name), []byte(text), 0o600)).To(Succeed())
		}
		if u.tmp != "" {
			u.env = append(u.env, "TMPDIR="+enterable(u.tmp))
		}
		out := GinkgoT().TempDir()
		// exec: the shell is to become what is signalled.
		script := fmt.Sprintf("%s; exec '%s' verify %s --stack processes --out '%s'", orTrue(u.before), runproof, quick, out)
		cmd := exec.Command("bash", "--norc", "-c", script)
		cmd.Env = changed(append(os.Environ(), "RUNPROOF_TARGET="+service, "HOME="+home), u.env)
		session, err := gexec.Start(cmd, GinkgoWriter, GinkgoWriter)
		Expect(err).NotTo(HaveOccurred())
		Eventually(session, playedWithin).Should(gexec.Exit(u.code))
		Expect(string(session.Err.Contents())).To(ContainSubstring(u.message))
		Expect(len(session.Err.Contents())).To(BeNumerically("<=", lastLineLimit))
	},
		Entry("PGSERVICE", user{env: []string{"PGSERVICE=prod"}}),
		Entry("PGSERVICEFILE and a service", user{env: []string{"PGSERVICE=prod"}, files: map[string]string{".pg_service.conf": "[prod]\nhost=127.0.0.1\nport=1\n"}}),
		Entry("PGOPTIONS", user{env: []string{"PGOPTIONS=-c statement_timeout=1"}}),
		Entry("all of libpq's", user{env: []string{
			"PGHOST=127.0.0.1", "PGPORT=1", "PGUSER=prod", "PGPASSWORD=prod", "PGDATABASE=prod", "PGSSLMODE=verify-full", "PGSSLROOTCERT=/nowhere",
			"PGCONNECT_TIMEOUT=soon", "PGTARGETSESSIONATTRS=standby", "PGTZ=Nowhere/Land", "PGMINPROTOCOLVERSION=9", "PGPASSFILE=/nowhere", "PGAPPNAME=prod",
		}}),
		Entry("files of libpq and psql", user{files: map[string]string{
			".pgpass": "*:*:*:*:wrong\n", ".postgresql/root.crt": "none\n", ".postgresql/postgresql.crt": "none\n", ".postgresql/postgresql.key": "none\n", ".psqlrc": "\\q\n",
		}}),
		Entry("files of curl and redis-cli", user{files: map[string]string{".curlrc": "proxy = 127.0.0.1:1\n", ".redisclirc": "nonsense\n"}}),
		Entry("a kube config", user{env: []string{"KUBECONFIG=/nowhere"}, files: map[string]string{".kube/config": "nonsense"}}),
		Entry("proxies", user{env: []string{
			"HTTP_PROXY=http://127.0.0.1:1", "HTTPS_PROXY=http://127.0.0.1:1", "ALL_PROXY=socks5://127.0.0.1:1",
			"http_proxy=http://127.0.0.1:1", "https_proxy=http://127.0.0.1:1", "NO_PROXY=", "no_proxy=",
		}}),
		Entry("another database's address", user{env: []string{
			"DATABASE_URL=postgres://prod@127.0.0.1:1/prod", "DB_HOST=127.0.0.1", "REDIS_URL=redis://127.0.0.1:1", "REDISCLI_AUTH=wrong", "REDIS_HOST=127.0.0.1",
		}}),
		Entry("a locale that is not there", user{env: []string{"LC_ALL=xx_YY.UTF-8", "LANG=xx_YY", "LANGUAGE=xx"}}),
		Entry("another time zone", user{env: []string{"TZ=Pacific/Kiritimati"}}),
		Entry("no home", user{env: []string{"HOME"}}),
		Entry("a strict umask", user{before: "umask 077"}),
		Entry("a Docker host that is malformed", user{env: []string{"DOCKER_HOST=nonsense"}}),
		Entry("a Docker host that is dead", user{env: []string{"DOCKER_HOST=tcp://127.0.0.1:1"}}),
		Entry("a Docker host by ssh", user{env: []string{"DOCKER_HOST=ssh://127.0.0.1:1"}}),
		Entry("a long temporary directory", user{tmp: strings.Repeat("long-", 26)}),
		Entry("a path with spaces and umlauts", user{tmp: "ein Pfad mit Ümläuten"}),
		Entry("stdout closed", user{before: "exec >&-"}),
		Entry("the smallest soft limit of descriptors", user{before: "ulimit -Sn 256"}),
		Entry("few descriptors", user{before: "ulimit -n 256", code: 3, message: "ulimit -n"}),
		Entry("descriptors for fewer scenarios", user{before: "ulimit -n 640"}),
	)

	It("hands nothing of a CI job's secrets to what it starts", func() {
		const secret = "RUNPROOF_PLANTED_SECRET=hunter2"
		session := command([]string{secret}, "verify", quick, "--stack", "processes", "--out", GinkgoT().TempDir())
		read := map[string]bool{}
		Eventually(func(g Gomega) {
			for _, id := range descendants(session.Command.Process.Pid) {
				env, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", id.PID))
				if err != nil || len(env) == 0 {
					continue // ended in between, or not to be read
				}
				name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", id.PID))
				read[strings.TrimSpace(string(name))] = true
				// Between fork and exec a child is still the harness.
				if parent, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", id.PID)); err != nil || strings.HasPrefix(string(parent), runproof) {
					continue
				}
				if strings.Contains(string(env), secret) {
					StopTrying("the secret is in the environment of " + string(name)).Now()
				}
			}
			g.Expect(session).To(gexec.Exit(0))
		}, playedWithin, 20*time.Millisecond).Should(Succeed())
		// By hand: with os.Environ in child.Environment, exe (the guard) has it.
		Expect(read).To(And(HaveKey("redis-server"), HaveKey("event-service"), HaveKey("exe")), "an empty look proves nothing")
	})

	DescribeTable("ends a run at once when a server of its stack dies", func(name string) {
		session := command(nil, "verify", "--stack", "processes", "--out", GinkgoT().TempDir())
		Eventually(session.Out, injectedWithin).Should(gbytes.Say("inject"))
		id := regexp.MustCompile(`run (\S+), seed`).FindStringSubmatch(string(session.Out.Contents()))
		Expect(id).To(HaveLen(2))
		pid := noted(id[1], name)[0]
		Expect(syscall.Kill(pid, syscall.SIGKILL)).To(Succeed())
		// By hand: without watched in verify every scenario is Broken in turn, for a minute and a half.
		Eventually(session, diedWithin).Should(gexec.Exit(3))
		last := string(session.Err.Contents())
		Expect(last).To(And(MatchRegexp(`^runproof: [^\n]+\n$`), ContainSubstring("%s, process %d, has ended", name, pid)))
		Expect(len(last)).To(BeNumerically("<=", lastLineLimit))
	},
		Entry("postgres", "postgres"),
		Entry("redis", "redis"),
	)

	It("does not fail the service for a lane's own Postgres that something else killed", func(ctx SpecContext) {
		b := newBench(ctx)
		killed := false
		r := b.play(ctx, symptoms.DatabaseStopped(), scenarios.Verify, func(e record.Event) {
			if e.Kind != record.EventPhase || e.Phase != scenarios.PhaseBefore || killed {
				return
			}
			killed = true
			servers := noted(b.guard.RunID(), "postgres")
			Expect(len(servers)).To(BeNumerically(">", 1), "the stack's and the lane's own")
			Expect(syscall.Kill(servers[len(servers)-1], syscall.SIGKILL)).To(Succeed())
		})
		Expect(killed).To(BeTrue())
		Expect(r.Verdict).To(Equal(judge.Broken), r.Reason)
		Expect(r.Reason).To(ContainSubstring("nobody of the run ended it"))
	}, SpecTimeout(specTimeout))
})

// noted are the processes of a name that a run's guard was told of, in that
// order: the first is the stack's.
func noted(run, name string) []int {
	GinkgoHelper()
	journal, err := os.ReadFile(filepath.Join(os.TempDir(), fmt.Sprintf("runproof-%d", os.Getuid()), run, "journal.jsonl"))
	Expect(err).NotTo(HaveOccurred())
	pids := regexp.MustCompile(`"note":\{"kind":"process","pid":(\d+),"start":\d+,"name":"`+name+`"`).FindAllStringSubmatch(string(journal), -1)
	Expect(pids).NotTo(BeEmpty(), string(journal))
	var list []int
	for _, found := range pids {
		pid, err := strconv.Atoi(found[1])
		Expect(err).NotTo(HaveOccurred())
		list = append(list, pid)
	}
	return list
}

// changed is an environment with changes: NAME=value, or NAME to take one away.
func changed(env, changes []string) []string {
	for _, change := range changes {
		name, _, set := strings.Cut(change, "=")
		var kept []string
		for _, v := range env {
			if !strings.HasPrefix(v, name+"=") {
				kept = append(kept, v)
			}
		}
		if env = kept; set {
			env = append(env, change)
		}
	}
	return env
}

// enterable makes a folder that other users can pass through, as the one that
// Postgres runs as must. It goes with the row.
func enterable(name string) string {
	GinkgoHelper()
	own, err := os.MkdirTemp("", "harness-")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, own)
	dir := filepath.Join(own, name)
	Expect(os.Mkdir(dir, 0o711)).To(Succeed())
	Expect(os.Chmod(own, 0o711)).To(Succeed())
	return dir
}

func orTrue(script string) string {
	if script == "" {
		return "true"
	}
	return script
}
