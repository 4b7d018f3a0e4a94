package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var memberName = regexp.MustCompile(`^(.*\S)-(\d)$`)

var allMembers = rule.Rule{
	ID: "all-members", Title: "a cluster keeps a member", Severity: lint.Warning,
	Why: "the leader and its replicas go at once: the service is down until one of them is back and elected",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "delete" || !strings.HasPrefix(strings.TrimSuffix(c.Word(1), "s"), "po") || in.Guarded(c.Statement) {
				continue
			}
			members := map[string]int{}
			for _, w := range c.Words() {
				if m := memberName.FindStringSubmatch(w.Text); m != nil {
					members[m[1]]++
					if members[m[1]] == 3 {
						report(rule.At(c, fmt.Sprintf("%s delete pod takes all members of %s at once", c.Program, m[1]), "delete the replicas one by one, each when the one before is in sync, and the leader last"))
					}
				}
			}
		}
	},
}
