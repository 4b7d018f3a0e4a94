package advice

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var fixedCount = rule.Rule{
	ID: "fixed-count", Title: "a workload gets back as many replicas as it had", Severity: lint.Warning,
	Why: "the workload is whichever the reader fills in, and the number that of another one",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		down := map[string]*script.Call{}
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "scale" {
				continue
			}
			w, ok := c.Value("--replicas")
			target := c.Word(1) + " " + c.Word(2)
			n, err := strconv.Atoi(w.Text)
			switch {
			case !ok || err != nil || !openTarget(c):
			case n == 0:
				down[target] = c
			case down[target] != nil:
				report(rule.At(c, fmt.Sprintf("the workload is to be filled in, and gets %d replicas whatever it had", n), "note the number before it is scaled to 0, and write that"))
				delete(down, target)
			}
		}
	},
}

// openTarget tells whether the reader fills in which workload is meant.
func openTarget(c *script.Call) bool {
	words := c.Words()
	if len(words) < 2 {
		return false
	}
	name := words[len(words)-1].Text
	return words[len(words)-1].Open && strings.ContainsAny(name, "<[{") && !strings.Contains(name, "$")
}
