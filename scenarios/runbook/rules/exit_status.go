package rules

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

var exitStatus = Rule{
	ID: "exit-status", Title: "the exit status tells what it is asked for", Weight: Warning,
	Why: "curl exits with 0 after an answer of 500: the check passes while the service fails",
	find: func(in *Input, report func(Finding)) {
		var all once
		for _, c := range in.Script.Calls {
			if c.Program != "curl" || !c.Tested || c.Flag("-f", "--fail", "--fail-with-body", "--fail-early", "-T", "--upload-file") || len(c.Args) == 0 {
				continue
			}
			if !c.Flag("-v", "--verbose") && hasURL(c) {
				all.add(at(c, "curl without -f succeeds whatever the status of the answer", "add -f"))
			}
		}
		all.report(report)
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
