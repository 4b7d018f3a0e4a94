package harness_test

import (
	"io"
	"net/http"
	"net/url"
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
	// gameBegins bounds the start of a game: a stack, a lane and a service.
	gameBegins = 2 * time.Minute
	// gameLasts bounds the games of this file, all of them shorter than a minute.
	gameLasts = 3 * time.Minute
)

// facts of a game's first lines.
type gameFacts struct{ id, console, facilitator, key string }

func factsOf(session *gexec.Session) (f gameFacts) {
	GinkgoHelper()
	Eventually(session.Out, gameBegins).Should(gbytes.Say(`facilitator +http\S+`))
	text := string(session.Out.Contents())
	find := func(pattern string) string {
		found := regexp.MustCompile(pattern).FindStringSubmatch(text)
		Expect(found).To(HaveLen(2), text)
		return found[1]
	}
	f.id, f.console, f.facilitator = find(`--game (\S+)`), find(`console +(\S+)`), find(`facilitator +(\S+)`)
	f.key = filepath.Base(f.facilitator)
	return f
}

// shell runs one line of a player's and returns what it shows.
func shell(game, line string) string {
	GinkgoHelper()
	session := command(nil, "gameday", "shell", "--game", game, "-c", line)
	Eventually(session, answersWithin).Should(gexec.Exit())
	return string(session.Out.Contents()) + string(session.Err.Contents())
}

// fetch is a page of the console.
func fetch(address string) string {
	GinkgoHelper()
	client := http.Client{Transport: &http.Transport{}, Timeout: answersWithin}
	defer client.CloseIdleConnections()
	answer, err := client.Get(address)
	Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	Expect(err).NotTo(HaveOccurred())
	return string(text)
}

// do presses a button of the facilitator's. The page may be gone before it answers.
func do(game gameFacts, action string) {
	client := http.Client{Transport: &http.Transport{}, Timeout: answersWithin}
	defer client.CloseIdleConnections()
	if answer, err := client.PostForm(game.facilitator+"do", url.Values{"action": {action}}); err == nil {
		_ = answer.Body.Close()
	}
}

// gameDir is the directory of the one game in out.
func gameDir(out string) string {
	GinkgoHelper()
	found, err := filepath.Glob(filepath.Join(out, "gameday-*"))
	Expect(err).NotTo(HaveOccurred())
	Expect(found).To(HaveLen(1))
	return found[0]
}

var _ = Describe("A game day", func() {
	It("is played by the runbook, reported, and proven", func() {
		out := GinkgoT().TempDir()
		session := command(nil, "gameday", "--stack", "processes", "--scenario", "database-refused",
			"--duration", "20m", "--speed", "20", "--bot", "runbook", "--out", out)
		Eventually(session, gameLasts).Should(gexec.Exit(0))
		text := string(session.Out.Contents())
		Expect(text).To(ContainSubstring("PAGE"))
		Expect(text).To(ContainSubstring("resolved after"))
		dir := gameDir(out)
		for _, name := range []string{"record.json", "gameday.json", "gameday.md", "gameday.html"} {
			Expect(filepath.Join(dir, name)).To(BeARegularFile())
		}
		check := command(nil, "gameday", "check", dir)
		Eventually(check, answersWithin).Should(gexec.Exit(0))
		// What was drawn is made something else.
		record, err := os.ReadFile(filepath.Join(dir, "record.json"))
		Expect(err).NotTo(HaveOccurred())
		changed := strings.ReplaceAll(string(record), `"scenario": "database-refused"`, `"scenario": "redis-refused"`)
		Expect(changed).NotTo(Equal(string(record)))
		Expect(os.WriteFile(filepath.Join(dir, "record.json"), []byte(changed), 0o600)).To(Succeed())
		check = command(nil, "gameday", "check", dir)
		Eventually(check, answersWithin).Should(gexec.Exit(1))
	})

	It("gives nothing away to a curious player, and is healed by an abort", func() {
		out := GinkgoT().TempDir()
		plan := command(nil, "gameday", "plan", "--scenario", "database-refused", "--duration", "20m", "--speed", "20", "--out", out)
		Eventually(plan, answersWithin).Should(gexec.Exit(0))
		key := regexp.MustCompile(`key +(\S+)`).FindStringSubmatch(string(plan.Out.Contents()))
		Expect(key).To(HaveLen(2))
		start := exec.Command(runproof, "gameday", "start", gameDir(out), "--stack", "processes")
		start.Env = append(os.Environ(), "RUNPROOF_TARGET="+service)
		start.Stdin = strings.NewReader(key[1] + "\n")
		session, err := gexec.Start(start, GinkgoWriter, GinkgoWriter)
		Expect(err).NotTo(HaveOccurred())
		game := factsOf(session)
		Eventually(session.Out, gameLasts).Should(gbytes.Say("PAGE"))
		// However long the player looks around, the game is not over before.
		do(game, "pause")

		seen := map[string]string{
			"terminal": strings.ReplaceAll(string(session.Out.Contents()), out, ""),
			"console":  withoutRunbook(fetch(game.console)), "state": fetch(game.console + "live?part=now"), "log": fetch(game.console + "live?part=log"),
		}
		for _, line := range []string{
			"ps auxww; cat /proc/*/cmdline /proc/*/environ | tr '\\0' ' '", "env; set", "find / -xdev 2>/dev/null | grep -v ^/proc",
			"cat /proc/net/tcp /proc/net/unix /proc/mounts", "redis-cli CLIENT LIST; redis-cli CONFIG GET '*'; redis-cli KEYS '*'",
			"redis-cli ACL LIST; redis-cli INFO; redis-cli SLOWLOG GET 20", "logs", "curl -s http://localhost:3003/metrics",
			`psql -c "SELECT * FROM pg_stat_activity; SELECT * FROM pg_database; SELECT * FROM pg_settings"`, "channel", "help", "contacts",
		} {
			seen["shell: "+line] = shell(game.id, line)
		}
		for _, address := range listening() {
			seen["port "+address] = shell(game.id, "curl -s -m 1 http://"+address+"/proxies http://"+address+"/")
			Expect(seen["port "+address]).NotTo(ContainSubstring("toxics"), address)
		}
		for _, p := range descendants(session.Command.Process.Pid) {
			for _, name := range []string{"cmdline", "environ"} {
				text, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(p.PID), name)) // it may have ended
				seen[name+" of "+strconv.Itoa(p.PID)] = string(text)
			}
		}
		seen["names of files"] = strings.Join(filesOf(game.id), "\n")
		files, err := os.ReadDir(gameDir(out))
		Expect(err).NotTo(HaveOccurred())
		for _, f := range files {
			text, err := os.ReadFile(filepath.Join(gameDir(out), f.Name()))
			Expect(err).NotTo(HaveOccurred())
			seen["file "+f.Name()] = f.Name() + string(text)
		}
		Expect(len(seen)).To(BeNumerically(">", 20), "few places were searched")
		// Inside, nothing even says that there is something to be found.
		for where, text := range seen {
			if strings.HasPrefix(where, "shell: ") && where != "shell: help" {
				Expect(instrumented.FindString(text)).To(BeEmpty(), where)
			}
		}
		for where, text := range seen {
			for _, word := range []string{"database-refused", "postgres refuses", `"refused"`, "Postgres is gone", game.key} {
				if where == "terminal" && word == game.key {
					continue // the facilitator's own
				}
				before, after, says := strings.Cut(text, word)
				Expect(says).To(BeFalse(), "%s says %q: …%s%s%s…", where, word, before[max(0, len(before)-300):], word, after[:min(len(after), 300)])
			}
		}
		Expect(fetch(game.facilitator)).To(ContainSubstring("database-refused"), "the same search finds it where it is")

		do(game, "abort")
		Eventually(session, gameLasts).Should(gexec.Exit(3))
		Expect(string(session.Err.Contents())).To(ContainSubstring("aborted: by the facilitator"))
		Eventually(func() []string { return filesOf(game.id) }, goneWithin).Should(BeEmpty())
	})

	DescribeTable("leaves nothing when a process is killed at some moment",
		func(after time.Duration, guards bool, exit int) {
			out := GinkgoT().TempDir()
			session := command(nil, "gameday", "--stack", "processes", "--severity", "P1", "--duration", "20m", "--speed", "20", "--bot", "runbook", "--out", out)
			Consistently(session, after).ShouldNot(gexec.Exit())
			started := descendants(session.Command.Process.Pid)
			guard, run := guardOf(started)
			if guards {
				Expect(syscall.Kill(guard, syscall.SIGKILL)).To(Succeed())
			} else {
				session.Signal(syscall.SIGKILL)
			}
			Eventually(session, gameLasts).Should(gexec.Exit(exit))
			Eventually(func() []string { return alive(started) }, goneWithin).Should(BeEmpty())
			Eventually(func() []string { return filesOf(run) }, goneWithin).Should(BeEmpty())
		},
		Entry("the game as it opens", 2*time.Second, false, 137),
		Entry("the game as it plays", 20*time.Second, false, 137),
		Entry("the guard as it opens", 3*time.Second, true, 3),
	)

	It("leaves nothing when it is killed, and is reported by the facilitator's key", func() {
		out := GinkgoT().TempDir()
		session := command(nil, "gameday", "--stack", "processes", "--severity", "P1", "--duration", "20m", "--speed", "20", "--out", out)
		game := factsOf(session)
		started := descendants(session.Command.Process.Pid)
		Eventually(session.Out, gameLasts).Should(gbytes.Say("PAGE"))
		session.Signal(syscall.SIGKILL)
		Eventually(session, goneWithin).Should(gexec.Exit(137))
		Eventually(func() []string { return alive(started) }, goneWithin).Should(BeEmpty())
		Eventually(func() []string { return filesOf(game.id) }, goneWithin).Should(BeEmpty())
		without := command(nil, "gameday", "report", gameDir(out))
		Eventually(without, answersWithin).Should(gexec.Exit(2))
		report := command(nil, "gameday", "report", gameDir(out), "--key", game.key)
		Eventually(report, answersWithin).Should(gexec.Exit(0))
		Expect(string(report.Out.Contents())).To(ContainSubstring("killed after"))
		check := command(nil, "gameday", "check", gameDir(out))
		Eventually(check, answersWithin).Should(gexec.Exit(0))
	})
})

// instrumented are words that only who injects a fault uses. What the sandbox's own
// processes are called is the same in every game.
var instrumented = regexp.MustCompile(`(?i)\b(inject\w*|witness\w*|toxic\w*|decoy\w*|scenario\w*|sealed)\b`)

// withoutRunbook is a console without the document beside it, which says much.
func withoutRunbook(page string) string {
	before, _, found := strings.Cut(page, `<section aria-label="Runbook">`)
	Expect(found).To(BeTrue())
	return before
}

// guardOf is the guard among the processes of a game, the one whose role says so, and
// the run that it guards, whose directory is its argument.
func guardOf(list []child.ID) (pid int, run string) {
	GinkgoHelper()
	for _, id := range list {
		of := func(name string) string {
			text, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(id.PID), name)) // it may have ended
			return strings.TrimRight(string(text), "\x00")
		}
		if strings.Contains(of("environ"), "RUNPROOF_ROLE=guard") {
			return id.PID, filepath.Base(of("cmdline"))
		}
	}
	Fail("the game has no guard")
	return 0, ""
}

// listening are the addresses on which something of this machine listens.
func listening() (list []string) {
	GinkgoHelper()
	text, err := os.ReadFile("/proc/net/tcp")
	Expect(err).NotTo(HaveOccurred())
	const listens = "0A"
	for _, row := range strings.Split(string(text), "\n")[1:] {
		fields := strings.Fields(row)
		if len(fields) < 4 || fields[3] != listens {
			continue
		}
		address, port, _ := strings.Cut(fields[1], ":")
		a, err1 := strconv.ParseUint(address, 16, 32)
		p, err2 := strconv.ParseUint(port, 16, 16)
		Expect(err1).NotTo(HaveOccurred())
		Expect(err2).NotTo(HaveOccurred())
		parts := []string{strconv.Itoa(int(a & 255)), strconv.Itoa(int(a >> 8 & 255)), strconv.Itoa(int(a >> 16 & 255)), strconv.Itoa(int(a >> 24))}
		list = append(list, strings.Join(parts, ".")+":"+strconv.Itoa(int(p)))
	}
	return list
}
