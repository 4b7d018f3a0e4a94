package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	plainDump  = regexp.MustCompile(`\.sql(?:\.gz)?$`)
	customFlag = regexp.MustCompile(`^(?:-F|--format=)[cdt]`)
)

var restoreFormat = rule.Rule{
	ID: "restore-format", Title: "a dump is restored by what can read it", Severity: lint.Error,
	Why: "pg_restore refuses a plain dump, psql an archive; that is found out when the data is gone",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		archives := map[string]bool{} // files by the format they were dumped in
		plain := map[string]bool{}
		for _, c := range in.Script.Calls {
			if c.Program == "pg_dump" {
				for _, f := range c.Makes() {
					if archive(c) {
						archives[f] = true
					} else {
						plain[f] = true
					}
				}
			}
		}
		for _, c := range in.Script.Calls {
			for _, f := range takesDump(c) {
				switch {
				case c.Program == "pg_restore" && !archives[f] && (plain[f] || plainDump.MatchString(f)):
					report(rule.At(c, fmt.Sprintf("pg_restore does not read %s, a plain dump", f), "restore it with psql -f, or dump with pg_dump -Fc"))
				case c.Program == "psql" && archives[f]:
					report(rule.At(c, fmt.Sprintf("psql does not read %s, an archive of pg_dump -F", f), "restore it with pg_restore"))
				}
			}
		}
	},
}

// archive tells whether a pg_dump writes a format for pg_restore.
func archive(c *script.Call) bool {
	for i, a := range c.Args {
		if customFlag.MatchString(a.Text) || (a.Text == "-F" || a.Text == "--format") && i+1 < len(c.Args) && strings.ContainsAny(c.Args[i+1].Text[:min(1, len(c.Args[i+1].Text))], "cdt") {
			return true
		}
	}
	return false
}

// takesDump are the files that a restore reads.
func takesDump(c *script.Call) []string {
	switch c.Program {
	case "psql":
		return c.Takes()
	case "pg_restore":
		var list []string
		for _, w := range c.Words() {
			if !w.Open && strings.Contains(w.Text, ".") {
				list = append(list, w.Text)
			}
		}
		return append(list, c.Takes()...)
	}
	return nil
}
