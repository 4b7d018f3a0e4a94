package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	ruleBegins = regexp.MustCompile(`^(\s*(?:- )?)alert:\s*\S`)
	ruleField  = regexp.MustCompile(`^(\s*)([a-zA-Z_]+):`)
	// misplaced are fields that belong to labels or annotations.
	misplaced = map[string]string{
		"severity": "labels", "team": "labels", "priority": "labels",
		"summary": "annotations", "description": "annotations", "message": "annotations", "runbook_url": "annotations", "runbook": "annotations",
	}
)

var alertRule = rule.Rule{
	ID: "alert-rule", Title: "Prometheus can load the alert", Severity: lint.Error,
	Why: "Prometheus refuses the whole file of rules for one field that it does not know",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, b := range in.Blocks {
			if !strings.Contains(b.Text, "alert:") || !strings.Contains(b.Text, "expr:") {
				continue
			}
			lines := strings.Split(b.Text, "\n")
			for i := range lines {
				field, at := strayField(lines, i)
				if field != "" {
					report(rule.Finding{Line: b.Line + at, Column: 1, Statement: -1, Text: fmt.Sprintf("%s is no field of an alert", field), Proposal: fmt.Sprintf("put it below %s", misplaced[field])})
				}
			}
		}
	},
}

// strayField is a field of the alert that begins in a line which stands beside
// its expression and belongs elsewhere, and its line.
func strayField(lines []string, begin int) (string, int) {
	m := ruleBegins.FindStringSubmatch(lines[begin])
	if m == nil {
		return "", 0
	}
	expression, field, at := false, "", 0
	for i := begin + 1; i < len(lines); i++ {
		f := ruleField.FindStringSubmatch(lines[i])
		if f == nil || len(f[1]) > len(m[1]) {
			if ruleBegins.MatchString(lines[i]) {
				break
			}
			continue
		}
		if len(f[1]) < len(m[1]) || f[2] == "alert" {
			break
		}
		expression = expression || f[2] == "expr"
		if misplaced[f[2]] != "" && field == "" {
			field, at = f[2], i
		}
	}
	if !expression {
		return "", 0
	}
	return field, at
}
