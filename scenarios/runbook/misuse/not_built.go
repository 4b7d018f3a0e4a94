package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	builds     = regexp.MustCompile(`\bdocker(?:-compose| compose)\b[^\n]*\b(?:build|--build)\b`)
	commitName = regexp.MustCompile(`^(?:<.*>|\$\{?\w+\}?|[0-9a-f]{7,40}|v\d[\w.]*|HEAD~\d+|tags/.*|\[.*\])$`)
)

var notBuilt = rule.Rule{
	ID: "not-built", Title: "what was checked out is what runs", Severity: lint.Error,
	Why: "the image is that of the other commit: the containers go on as before, and the words say that they changed",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		if !in.Anywhere(builds) {
			return
		}
		block, moved := -1, false
		for _, c := range in.Script.Calls {
			if b := in.Statements[c.Statement].Block; b != block {
				block, moved = b, false
			}
			switch {
			case c.Program == "git" && (c.Word(0) == "checkout" && commitName.MatchString(c.Word(1)) || c.Word(0) == "pull" || c.Word(0) == "reset"):
				moved = true
			case composed(c, "build", "pull") || c.Flag("--build") || c.Program == "docker" && c.Word(0) == "build":
				moved = false
			case moved && composed(c, "up") && !c.Flag("--build"):
				report(rule.At(c, "another commit is checked out, and up starts the image that was built before", "add --build"))
				moved = false
			}
		}
	},
}

// composed tells whether a command is one of docker compose's.
func composed(c *script.Call, names ...string) bool {
	if c.Program != "docker-compose" && (c.Program != "docker" || !c.Has("compose")) {
		return false
	}
	word := ""
	for i := 0; i < len(c.Args) && word == ""; i++ {
		switch text := c.Args[i].Text; {
		case text == "-f" || text == "--file" || text == "-p" || text == "--project-name" || text == "--env-file" || text == "--profile":
			i++
		case text != "compose" && !strings.HasPrefix(text, "-"):
			word = text
		}
	}
	for _, n := range names {
		if word == n {
			return true
		}
	}
	return false
}

var detachedPull = rule.Rule{
	ID: "detached-pull", Title: "a branch is checked out before it is pulled", Severity: lint.Warning,
	Why: "after a rollback no branch is checked out: git pull refuses, and the next deployment stops there",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		var back *script.Call
		var pull *script.Call
		switched := map[int]bool{}
		for _, c := range in.Script.Calls {
			if c.Program != "git" {
				continue
			}
			block := in.Statements[c.Statement].Block
			switch c.Word(0) {
			case "checkout", "switch":
				if commitName.MatchString(c.Word(1)) && c.Word(0) == "checkout" && !c.Flag("-b", "-B") && !c.Has("--") {
					back = c
				} else {
					switched[block] = true
				}
			case "pull":
				if len(c.Words()) == 1 && !switched[block] && pull == nil {
					pull = c
				}
			}
		}
		if back != nil && pull != nil && len(switched) == 0 {
			report(rule.At(back, "git checkout of a commit leaves no branch checked out, and git pull needs one", "say how to come back: git switch main, before the next git pull"))
		}
	},
}

var composeFiles = rule.Rule{
	ID: "compose-files", Title: "docker compose reads the same files everywhere", Severity: lint.Warning,
	Why: "the containers are made anew without what the other files say: ports, limits, environment",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		files := ""
		for _, c := range in.Script.Calls {
			if named := filesOf(c); composed(c, "up", "build") && len(named) > 1 {
				files = strings.Join(named, " -f ")
			}
		}
		if files == "" || in.Anywhere(setsFiles) {
			return
		}
		for _, c := range in.Script.Calls {
			if composed(c, "up", "run") && !c.Flag("-f", "--file") && !c.Flag("-p", "--project-name") {
				report(rule.At(c, "docker compose is told its files (-f "+files+") elsewhere, and not here", "name the same files, or set COMPOSE_FILE once"))
			}
		}
	},
}

// filesOf are the files that a command of docker compose is told; several are
// a base and what differs from it.
func filesOf(c *script.Call) []string {
	var list []string
	for i, a := range c.Args {
		if i > 0 && (c.Args[i-1].Text == "-f" || c.Args[i-1].Text == "--file") {
			list = append(list, a.Text)
		}
	}
	return list
}

var setsFiles = regexp.MustCompile(`COMPOSE_FILE|\balias\b`)

var resumedOnly = rule.Rule{
	ID: "resumed-only", Title: "what is resumed was paused", Severity: lint.Warning,
	Why: "the rollout was never paused: it went through all replicas at once, and there is nothing to resume",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && c.Word(0) == "rollout" && c.Word(1) == "resume" && !in.Anywhere(pauses) {
				report(rule.At(c, "nothing pauses this rollout", "pause it after the first replicas: kubectl rollout pause"))
			}
		}
	},
}

var pauses = regexp.MustCompile(`(?i)\bpaus(?:e|ed|es|ing)\b`)
