package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// repairs are tools that change the files of a server which must not run.
var repairs = map[string]string{
	"redis-check-aof": "Redis", "pg_resetwal": "Postgres", "pg_resetxlog": "Postgres", "myisamchk": "MySQL", "innochecksum": "MySQL", "pg_rewind": "Postgres",
}

var stops = regexp.MustCompile(`(?i)\b(?:stop\w*|shut ?down|scale[sd]? (?:down )?to (?:0|zero)|--replicas[= ]0|not running|while .{0,20}\bdown)\b`)

var repairRunning = rule.Rule{
	ID: "repair-running", Title: "files are repaired while nobody uses them", Severity: lint.Error,
	Why: "the server writes to the files that are repaired; and where they are damaged it does not run, nor does its container",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			server := repairs[c.Program]
			if server == "" || c.Program == "redis-check-aof" && !c.Flag("--fix") || stoppedBefore(in, c) {
				continue
			}
			where := "while " + server + " may run"
			if c.Through("docker exec") || c.Through("kubectl exec") {
				where = "inside of the container that " + server + " runs in"
			}
			report(rule.At(c, fmt.Sprintf("%s works on the files %s", c.Program, where), "stop the server, copy the files, and repair them from another container with the same volume"))
		}
	},
}

// stoppedBefore tells whether the text of the section stops the server first.
func stoppedBefore(in *rule.Input, c *script.Call) bool {
	for j := c.Statement; j >= 0 && j > c.Statement-30; j-- {
		s := in.Statements[j]
		if !rule.SameSection(s, in.Statements[c.Statement]) {
			break
		}
		text := s.Purpose
		if j < c.Statement {
			text += " " + s.Text
		}
		if stops.MatchString(strings.ReplaceAll(text, "-", " ")) || stops.MatchString(text) {
			return true
		}
	}
	return false
}
