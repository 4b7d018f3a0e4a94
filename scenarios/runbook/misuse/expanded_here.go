package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// pathPattern is a path with a pattern of the shell in it.
var pathPattern = regexp.MustCompile(`^/[\w./-]*\*[\w./*-]*$`)

var expandedHere = rule.Rule{
	ID: "expanded-here", Title: "what is meant for the container is read there", Severity: lint.Warning,
	Why: "the operator's own shell acts on it before the container gets it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if len(c.Via) == 0 || c.Via[len(c.Via)-1] != "kubectl exec" && c.Via[len(c.Via)-1] != "docker exec" {
				continue
			}
			if c.Program == "cd" {
				report(rule.At(c, "cd is no program: the container cannot run it, and what follows runs on this machine", "give the whole to a shell in the container: sh -c 'cd ... && ...'"))
				continue
			}
			for _, a := range c.Args {
				if !a.Quoted && pathPattern.MatchString(a.Text) && !patternIsOwn[c.Program] {
					report(rule.At(c, fmt.Sprintf("%s is expanded on this machine, not in the container", a.Text), fmt.Sprintf("give it to a shell there: sh -c '%s'", strings.ReplaceAll(line(c), "'", `"`))))
					break
				}
			}
		}
	},
}

// patternIsOwn are programs that read patterns themselves.
var patternIsOwn = map[string]bool{"find": true, "grep": true, "curl": true}

func line(c *script.Call) string {
	if text := c.String(); len(text) < 80 {
		return text
	}
	return c.Program + " ..."
}
