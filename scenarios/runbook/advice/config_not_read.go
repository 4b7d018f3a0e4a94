package advice

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var reloads = regexp.MustCompile(`(?i)\brestart\w*|\breload\w*|\bdelete pods?\b|\brollout\b|\bhot[- ]|\breloader\b|\bscale\b|\bpicked up\b|\bredeploy\w*|\bapply\b.*\bdeploy`)

var configNotRead = rule.Rule{
	ID: "config-not-read", Title: "a changed configuration is read", Severity: lint.Warning,
	Why: "pods read a ConfigMap's variables when they start: nothing changes until they do",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if !changesConfig(c) {
				continue
			}
			found := false
			for j := c.Statement; j < len(in.Statements) && j < c.Statement+25 && !found; j++ {
				s := in.Statements[j]
				if !rule.SameSection(s, in.Statements[c.Statement]) {
					break
				}
				found = j > c.Statement && reloads.MatchString(s.Text+" "+s.Purpose) || reloads.MatchString(s.Purpose)
			}
			if !found {
				report(rule.At(c, "the ConfigMap is changed, and nothing restarts what reads it", "add kubectl rollout restart, and rollout status"))
			}
		}
	},
}

// changesConfig tells whether a command changes a ConfigMap.
func changesConfig(c *script.Call) bool {
	if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "edit" && c.Word(0) != "patch" || c.Flag("--dry-run") {
		return false
	}
	kind, _, _ := strings.Cut(strings.ToLower(c.Word(1)), "/")
	return kind == "configmap" || kind == "configmaps" || kind == "cm"
}
