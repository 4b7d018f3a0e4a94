package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	isDown     = regexp.MustCompile(`(?i)\b(?:not running|isn't running|is down|stopped|crashed|exited|failed)\b`)
	ofRunning  = regexp.MustCompile(`\$\(docker ps\b([^)]*)\)`)
	allOfThem  = regexp.MustCompile(`(?:^|\s)(?:-\w*a\w*|--all)(?:\s|$)`)
	portOfAll  = regexp.MustCompile(`^-(?:\w*i|t?i):?\w*|^:\d+`)
	listenOnly = regexp.MustCompile(`(?i)LISTEN`)
)

var runningOnly = rule.Rule{
	ID: "wrong-processes", Title: "a command is about the processes that it should be about", Severity: lint.Error,
	Why: "it meets others, or none",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "docker" && (c.Word(0) == "start" || c.Word(0) == "restart" && isDown.MatchString(in.Purpose(c.Statement))) {
				for _, a := range c.Args {
					if m := ofRunning.FindStringSubmatch(a.Text); m != nil && !allOfThem.MatchString(m[1]) && !strings.Contains(m[1], "status=") {
						report(rule.At(c, fmt.Sprintf("docker ps lists running containers only: docker %s gets no name for one that is down", c.Word(0)), "use docker ps -a, or the name of the container"))
					}
				}
			}
			if c.Program == "lsof" && !listenOnly.MatchString(c.String()) && killed(in, c.Statement) {
				for _, a := range c.Args {
					if portOfAll.MatchString(a.Text) && strings.Contains(c.String(), ":") {
						report(rule.At(c, "lsof lists the clients of a port too: they are killed as well as the server", "add -sTCP:LISTEN"))
						break
					}
				}
			}
		}
	},
}

// killed tells whether a statement kills what it finds.
func killed(in *rule.Input, statement int) bool {
	for _, c := range in.Script.Of[statement] {
		if c.Program == "kill" {
			return true
		}
	}
	return false
}
