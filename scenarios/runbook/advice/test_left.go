package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	insertsInto = regexp.MustCompile(`(?i)\binsert\s+into\s+([\w.]+)`)
	asTest      = regexp.MustCompile(`(?i)\b(?:test|verify|check|smoke|validat\w+|probe)\b`)
)

// maxTests bounds the rows that the whole document is searched for.
const maxTests = 50

var testLeft = rule.Rule{
	ID: "test-left", Title: "a test takes back what it wrote", Severity: lint.Warning,
	Why: "the row stays among the data of the service, and is there twice after the next incident",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		all, n := "", 0
		for i, s := range in.Statements {
			if s.Kind != document.Command && s.Kind != document.Query || len(s.Text) > 16<<10 {
				continue
			}
			m := insertsInto.FindStringSubmatch(s.Text)
			if m == nil || !asTest.MatchString(s.Purpose+" "+in.Purpose(i)) || strings.Contains(strings.ToLower(s.Text), "rollback") {
				continue
			}
			if n++; n > maxTests {
				return
			}
			if all == "" {
				all = strings.ToLower(string(in.Source))
			}
			table := strings.ToLower(m[1])
			if strings.Contains(all, "delete from "+table) || strings.Contains(all, "drop table "+table) || strings.Contains(all, "drop table if exists "+table) || strings.Contains(all, "rollback;") || strings.Contains(all, "truncate "+table) || strings.Contains(all, "temp table") {
				continue
			}
			report(in.On(i, fmt.Sprintf("a row is written into %s for a test, and nothing deletes it", m[1]), "write it in a transaction that is rolled back, or delete it afterwards"))
		}
	},
}
