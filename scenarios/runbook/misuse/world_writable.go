package misuse

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var everybody = regexp.MustCompile(`^(?:0?[0-7]?777|0?666|(?:a|o|ugo)\+\w*w\w*)$`)

var worldWritable = rule.Rule{
	ID: "world-writable", Title: "permissions are given to whom they are for", Severity: lint.Warning,
	Why: "every account of the machine, and every process that is broken into, can change the files from then on",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "chmod" {
				continue
			}
			if everybody.MatchString(c.Word(0)) {
				report(rule.At(c, "everybody may write there", "give the files to the account that needs them (chown)"))
			}
		}
	},
}
