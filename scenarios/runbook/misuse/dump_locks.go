package misuse

import (
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var dumpLocks = rule.Rule{
	ID: "dump-locks", Title: "a dump lets the service work", Severity: lint.Warning,
	Why: "mysqldump locks the tables of a database for as long as it reads them: writes wait",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if (c.Program == "mysqldump" || c.Program == "mariadb-dump") && len(c.Args) > 0 && !c.Flag("--single-transaction", "--no-data", "-d", "--skip-lock-tables", "--lock-tables", "-x", "--lock-all-tables", "--help") && !elided(c) {
				report(rule.At(c, c.Program+" locks the tables while it runs", "add --single-transaction"))
			}
		}
	},
}
