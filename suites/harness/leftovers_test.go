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

	"github.com/runproof/runproof/fixtures/child"
)

const (
	// injectedWithin bounds the wait until a run is in the middle of its work.
	injectedWithin = 2 * time.Minute
	// goneWithin bounds the wait until a run that ended has left nothing behind.
	goneWithin = 10 * time.Second
	// containersGoneWithin is the same for containers. Seen idle and beside other
	// suites: 4 to 8 seconds. An engine that has lost sight of a container's end
	// waits ten seconds before it kills by itself, and it may be creating one just
	// then; the guard gives it 40.
	containersGoneWithin = time.Minute
)

var _ = Describe("A run that ends in the middle", func() {
	DescribeTable("leaves nothing behind", func(stack string, end syscall.Signal, code int) {
		within := goneWithin
		if stack == "containers" {
			needsDocker()
			within = containersGoneWithin
		}
		session := command(nil, "verify", "--stack", stack, "--out", GinkgoT().TempDir())
		Eventually(session.Out, injectedWithin).Should(gbytes.Say("inject"))
		id := regexp.MustCompile(`run (\S+), seed`).FindStringSubmatch(string(session.Out.Contents()))
		Expect(id).To(HaveLen(2))
		var started []child.ID
		Eventually(func() int {
			started = descendants(session.Command.Process.Pid)
			return len(started)
		}, injectedWithin).Should(BeNumerically(">", 5), "proxies and services of several lanes")

		session.Signal(end)
		Eventually(session, within+20*time.Second).Should(gexec.Exit(code))
		Eventually(func() []string { return alive(started) }, within).Should(BeEmpty())
		Eventually(func() []string { return filesOf(id[1]) }, within).Should(BeEmpty())
		Eventually(func() string { return containersOf(id[1]) }, within).Should(BeEmpty())
	},
		Entry("SIGKILL, processes", "processes", syscall.SIGKILL, 137),
		Entry("^C, processes", "processes", syscall.SIGINT, 3),
		Entry("SIGKILL, containers", "containers", syscall.SIGKILL, 137),
		Entry("^C, containers", "containers", syscall.SIGINT, 3),
	)
})

// descendants lists the processes below a process, whatever session they are in.
func descendants(root int) []child.ID {
	GinkgoHelper()
	parents := map[int][]int{}
	entries, err := filepath.Glob("/proc/[0-9]*/stat")
	Expect(err).NotTo(HaveOccurred())
	for _, entry := range entries {
		text, err := os.ReadFile(entry)
		if err != nil {
			continue // ended in between
		}
		// The name in parentheses may hold anything; state and parent follow the last one.
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(entry)))
		parent, _ := strconv.Atoi(fields[1])
		parents[parent] = append(parents[parent], pid)
	}
	var list []child.ID
	for next := []int{root}; len(next) > 0; next = next[1:] {
		for _, pid := range parents[next[0]] {
			if start, err := child.StartTime(pid); err == nil {
				list = append(list, child.ID{PID: pid, Start: start})
				next = append(next, pid)
			}
		}
	}
	return list
}

// alive names those of a list that still run.
func alive(list []child.ID) []string {
	var still []string
	for _, id := range list {
		if child.Alive(id.PID, id.Start) {
			command, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(id.PID), "cmdline"))
			words := strings.ReplaceAll(strings.TrimRight(string(command), "\x00"), "\x00", " ")
			still = append(still, fmt.Sprintf("%d %c %s", id.PID, child.State(id.PID), words))
		}
	}
	return still
}

// filesOf lists what is in the temporary directory of a run, and its folders in memory.
func filesOf(run string) []string {
	found, _ := filepath.Glob(filepath.Join(os.TempDir(), "runproof-*", run, "*"))
	inMemory, _ := filepath.Glob("/dev/shm/runproof-" + run + "*")
	return append(found, inMemory...)
}

// containersOf lists the containers of a run; none where no engine answers.
func containersOf(run string) string {
	ps := exec.Command("docker", "ps", "-aq", "--filter", "label=runproof.run="+run)
	ps.Env = os.Environ()
	list, err := ps.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(list))
}
