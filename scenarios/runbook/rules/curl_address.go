package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var curlAddress = rule.Rule{
	ID: "curl-address", Title: "the whole address reaches the server", Severity: lint.Error,
	Why: "curl expands { } and [ ] in an address itself, and the shell ends a command at &",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "curl" || c.Flag("-g", "--globoff") {
				continue
			}
			for i, a := range c.Args {
				if !isURL.MatchString(a.Text) || i > 0 && bodies[c.Args[i-1].Text] {
					continue
				}
				switch found := badGlob(a); {
				case found != "":
					report(rule.At(c, fmt.Sprintf("curl does not send %s: it takes the brackets for a pattern of addresses", found),
						"add -g, or write the query as -G --data-urlencode 'query=...'"))
				case c.Background && !a.Quoted && strings.Contains(a.Text, "?") && ampersand.MatchString(in.Line(c.Line)):
					report(rule.At(c, "the shell ends the address at &, and runs curl in the background", "put the address in quotes"))
				}
			}
		}
	},
}

var (
	isURL     = regexp.MustCompile(`^(?:https?://|[\w.-]+:\d+/|\$\{?\w+\}?/)`)
	ampersand = regexp.MustCompile(`\?[^\s'"&]*&[\w.-]+=`)
	bodies    = map[string]bool{"-d": true, "--data": true, "-H": true, "--header": true, "--data-raw": true, "--data-urlencode": true, "-w": true, "-e": true, "--referer": true, "-u": true}
	// A range that curl knows: [1-3], [a-z], [1-10:2]; a list with a comma; an
	// address of IPv6.
	knownGlob = regexp.MustCompile(`^\[(?:\d+-\d+|[a-zA-Z]-[a-zA-Z])(?::\d+)?\]$|^\{[^{}="]*,[^{}="]*\}$|^\[[0-9a-fA-F]*:[0-9a-fA-F:.]*\]$`)
	globs     = regexp.MustCompile(`\[[^\[\]]*\]|\{[^{}]*\}`)
	query     = regexp.MustCompile(`[="~]|^\[\d+[smhdwy](?::\w*)?\]$`)
)

// badGlob is the first bracket that curl cannot read as a pattern and that no
// reader replaces: a range of PromQL, or a selector with a label.
func badGlob(w script.Word) string {
	for _, g := range globs.FindAllString(w.Text, 10) {
		if !knownGlob.MatchString(g) && query.MatchString(g) {
			return g
		}
	}
	return ""
}
