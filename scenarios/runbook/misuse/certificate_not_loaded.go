package misuse

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var loads = regexp.MustCompile(`(?i)\b(?:reload|restart)\w*\b`)

var certificateNotLoaded = rule.Rule{
	ID: "certificate-not-loaded", Title: "a new certificate is loaded", Severity: lint.Warning,
	Why: "the server goes on with the old certificate until it reads the new one",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "certbot" || c.Word(0) != "renew" || c.Flag("--deploy-hook", "--post-hook", "--renew-hook", "--dry-run", "--nginx", "--apache") {
				continue
			}
			found := false
			for j := c.Statement; j < len(in.Statements) && j < c.Statement+30 && rule.SameSection(in.Statements[j], in.Statements[c.Statement]); j++ {
				found = found || loads.MatchString(in.Statements[j].Text)
			}
			if !found {
				report(rule.At(c, "nothing makes the server read the renewed certificate", "reload it afterwards, or add --deploy-hook"))
			}
		}
	},
}
