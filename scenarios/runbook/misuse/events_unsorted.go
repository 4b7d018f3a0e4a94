package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var eventsUnsorted = rule.Rule{
	ID: "events-unsorted", Title: "the last events are the newest", Severity: lint.Warning,
	Why: "kubectl get events prints them in no order of time unless it is told to sort",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if (c.Program == "kubectl" || c.Program == "oc") && c.Word(0) == "get" && (c.Word(1) == "events" || c.Word(1) == "ev" || c.Word(1) == "event") && !c.Flag("--sort-by", "-w", "--watch") && next != nil && (next.Program == "tail" || next.Program == "head") {
				report(rule.At(c, fmt.Sprintf("%s takes some events, not the newest: they are not sorted", next.Program), "add --sort-by=.lastTimestamp and take the tail"))
			}
		}
	},
}
