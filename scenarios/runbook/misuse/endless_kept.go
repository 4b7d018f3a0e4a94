package misuse

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var endlessKept = rule.Rule{
	ID: "endless-kept", Title: "a file that is made is finished", Severity: lint.Warning,
	Why: "the command never ends by itself: nobody knows when the file is whole",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Background || c.Through("timeout") || c.Through("nohup") {
				continue
			}
			what := c.Endless()
			if what != "kafka-console-consumer" && what != "kafka-console-consumer.sh" {
				continue
			}
			for _, r := range c.Pipe[len(c.Pipe)-1].Redirects {
				if strings.HasPrefix(r, ">") && !strings.HasPrefix(r, ">/dev/") && !strings.HasPrefix(r, ">&") {
					report(rule.At(c, fmt.Sprintf("%s waits for more when all is read, and %s is never finished", what, strings.TrimLeft(r, ">")), "add --timeout-ms, or --max-messages"))
				}
			}
		}
	},
}
