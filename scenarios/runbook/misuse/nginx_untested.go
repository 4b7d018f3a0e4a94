package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// tests are commands that read a configuration without using it.
var tests = regexp.MustCompile(`\bnginx\s+(?:-\w+\s+)*-[tT]\b|\bnginx:?\s+test\b|\bconfigtest\b`)

var nginxUntested = rule.Rule{
	ID: "nginx-untested", Title: "a configuration is tested before it is used", Severity: lint.Info,
	Why: "with a mistake in it a restart leaves no server running, and a reload changes nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if usesConfiguration(c) {
				if in.Anywhere(tests) {
					return
				}
				report(rule.At(c, "the configuration is not tested anywhere before nginx reads it", "run nginx -t first, and go on only if it succeeds"))
				return
			}
		}
	},
}

// usesConfiguration tells whether a command makes nginx read its configuration.
func usesConfiguration(c *script.Call) bool {
	switch c.Program {
	case "nginx":
		signal, _ := c.Value("-s")
		return signal.Text == "reload"
	case "systemctl":
		return (c.Word(0) == "restart" || c.Word(0) == "reload") && strings.TrimSuffix(c.Word(1), ".service") == "nginx"
	case "service":
		return c.Word(0) == "nginx" && (c.Word(1) == "restart" || c.Word(1) == "reload")
	}
	return false
}
