package misuse

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var standardError = rule.Rule{
	ID: "standard-error", Title: "a filter reads what it is meant to read", Severity: lint.Warning,
	Why: "a pipe passes standard output alone: what is looked for goes past the filter, and nothing found looks like nothing wrong",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if next == nil || !filters[next.Program] || redirected(in, c) {
				continue
			}
			if text := onStandardError(c); text != "" {
				report(rule.At(c, fmt.Sprintf("%s, and %s does not get it", text, next.Program), "add 2>&1 in front of the pipe"))
			}
		}
	},
}

var filters = map[string]bool{"grep": true, "egrep": true, "awk": true, "sed": true, "wc": true, "cut": true}

// onStandardError says what a command prints there, or nothing.
func onStandardError(c *script.Call) string {
	switch c.Program {
	case "docker":
		if c.Word(0) == "logs" {
			return "docker logs prints on standard error what the container wrote there, which is where most programs log"
		}
	case "curl":
		if c.Flag("-v", "--verbose") && !c.Flag("--stderr") {
			return "curl -v prints the headers and the handshake on standard error"
		}
	case "nginx":
		if c.Flag("-t") || c.Flag("-V") || c.Flag("-v") {
			return "nginx prints this on standard error"
		}
	case "java":
		if c.Has("-version") {
			return "java -version prints on standard error"
		}
	case "strace":
		if !c.Flag("-o", "--output") {
			return "strace prints on standard error"
		}
	}
	return ""
}

// redirected tells whether standard error goes where standard output goes: by a
// redirection, or by |&.
func redirected(in *rule.Input, c *script.Call) bool {
	for _, r := range c.Redirects {
		if strings.Contains(r, ">&") || strings.HasPrefix(r, "&>") {
			return true
		}
	}
	return strings.Contains(in.Statements[c.Statement].Text, "|&")
}
