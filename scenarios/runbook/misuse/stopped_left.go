package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// forGood are words of texts in which something is stopped and stays so.
var forGood = regexp.MustCompile(`(?i)\b(?:decommission\w*|uninstall\w*|retir\w+|replac\w+|migrat\w+|isolat\w+|compromis\w+|shut ?down|tear ?down|clean ?up|fail ?over|conflict\w*|not needed|disable\w*|reboot\w*|systemctl start|old (?:server|primary|node))\b|\bstart \w`)

var stoppedLeft = rule.Rule{
	ID: "stopped-left", Title: "what is stopped is started", Severity: lint.Warning,
	Why: "the incident ends, and the service does not run",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		begun, ended := map[string]bool{}, false
		for _, c := range in.Script.All() {
			verb, names := controls(c)
			ended = ended || verb == "stop"
			if verb == "start" {
				for _, n := range names {
					begun[n] = true
				}
			}
		}
		if !ended || in.Anywhere(forGood) {
			return
		}
		for _, c := range in.Script.Calls {
			verb, names := controls(c)
			if verb != "stop" || c.Guarded || len(names) != 1 || begun[names[0]] || begun["*"] || strings.ContainsAny(names[0], "$<{[") {
				continue
			}
			report(rule.At(c, fmt.Sprintf("%s is stopped, and nothing starts it again", names[0]), "add the step that starts it, and how to see that it runs"))
		}
	},
}

// controls tells what a command does to services: "start", "stop" or nothing,
// and to which; "*" are all.
func controls(c *script.Call) (verb string, names []string) {
	words := c.Words()
	switch c.Program {
	case "systemctl":
	case "service":
		if len(words) == 2 {
			words[0], words[1] = words[1], words[0]
		}
	case "docker", "docker-compose", "podman":
		if len(words) > 0 && words[0].Text == "compose" {
			words = words[1:]
		}
	default:
		return "", nil
	}
	if len(words) == 0 {
		return "", nil
	}
	for _, w := range words[1:] {
		names = append(names, strings.TrimSuffix(w.Text, ".service"))
	}
	switch words[0].Text {
	case "stop":
		return "stop", names
	case "start", "restart", "up", "run", "enable", "rm", "reload-or-restart", "down":
		if len(names) == 0 || words[0].Text == "run" || words[0].Text == "rm" {
			return "start", []string{"*"}
		}
		return "start", names
	}
	return "", nil
}
