package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	takenOut = regexp.MustCompile(`\b(?:kubectl|oc|docker|docker-compose|podman)\b[^\n]*\bcp\b|\brsync\b|\bs3 cp\b|\bgsutil\b|\bscp\b|\baz storage\b`)
	mounted  = regexp.MustCompile(`(?i)\b(?:mount\w*|volumes?|pvc|persistent)\b`)
)

var keptInside = rule.Rule{
	ID: "kept-inside", Title: "a backup outlives what it is a backup of", Severity: lint.Warning,
	Why: "what is written inside of a container goes with the container",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if target := dumpsTo(c); target != "" && (c.Through("docker exec") || c.Through("kubectl exec")) {
				if in.Anywhere(takenOut) || in.Anywhere(mounted) {
					return
				}
				report(rule.At(c, fmt.Sprintf("the backup %s stays inside of the container", target), "write it to standard output and redirect that outside, or copy it out"))
			}
		}
	},
}

// dumpsTo is the file or directory that a dump is written to, or empty.
func dumpsTo(c *script.Call) string {
	var w script.Word
	var ok bool
	switch c.Program {
	case "mongodump":
		if w, ok = c.Value("--out", "-o", "--archive"); !ok {
			return ""
		}
	case "pg_dump", "pg_dumpall":
		w, ok = c.Value("-f", "--file")
	case "mysqldump":
		w, ok = c.Value("-r", "--result-file")
	case "pg_basebackup":
		w, ok = c.Value("-D", "--pgdata")
	}
	if !ok || w.Text == "-" || strings.HasPrefix(w.Text, "$") {
		return ""
	}
	return w.Text
}
