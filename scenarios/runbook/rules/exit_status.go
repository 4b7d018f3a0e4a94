package rules

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var exitStatus = rule{
	id: "exit-status", title: "the exit status tells what it is asked for", severity: lint.Warning,
	why: "curl exits with 0 after an answer of 500: the check passes while the service fails",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "curl" || !c.Tested || c.Flag("-f", "--fail", "--fail-with-body", "--fail-early", "-T", "--upload-file") || len(c.Args) == 0 {
				continue
			}
			if !c.Flag("-v", "--verbose") && hasURL(c) {
				report(at(c, "curl without -f succeeds whatever the status of the answer", "add -f"))
			}
		}
	},
}

// hasURL tells whether an argument is an address of HTTP.
func hasURL(c *script.Call) bool {
	for _, a := range c.Args {
		if isURL.MatchString(a.Text) && !strings.HasPrefix(a.Text, "telnet:") {
			return true
		}
	}
	return false
}
