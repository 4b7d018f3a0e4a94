package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var nothingAsked = rule.Rule{
	ID: "nothing-asked", Title: "a command is asked for something", Severity: lint.Error,
	Why: "it prints nothing, whatever there is",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			var lines string
			switch c.Program {
			case "kubectl", "oc", "docker", "docker-compose", "podman":
				w, ok := c.Value("--tail")
				if sub := c.Word(0); !ok || sub != "logs" && sub != "compose" || c.Flag("-f", "--follow") {
					continue
				}
				lines = w.Text
			case "tail", "head":
				w, ok := c.Value("-n", "--lines")
				if !ok || c.Flag("-f", "-F", "--follow") {
					continue
				}
				lines = w.Text
			}
			if lines == "0" {
				report(rule.At(c, fmt.Sprintf("%s is asked for no line at all", c.Program), "leave the option out, or write how many lines"))
			}
		}
	},
}
