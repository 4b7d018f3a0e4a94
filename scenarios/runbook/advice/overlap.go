package advice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var boundOf = regexp.MustCompile(`^\W*((?:[A-Za-z][\w-]*\s+){0,2}(?:usage|utili[sz]ation|rate|lag|time|latency|size|depth|temperature))\s*:?\s*([<>])=?\s*(\d+(?:\.\d+)?)\s*(%|ms|s|seconds?)?(?:\s*\([^)]*\))?\s*$`)

var overlap = rule.Rule{
	ID: "overlap", Title: "what is healthy is no alarm", Severity: lint.Warning,
	Why: "between the two numbers the same value is good in one section and an alert in another",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		type bound struct {
			value float64
			at    int
			text  string
		}
		below := map[string]bound{}
		above := map[string]bound{}
		for i, s := range in.Statements {
			if s.Kind != document.Item && s.Kind != document.Comment && s.Kind != document.Symptom && s.Kind != document.Command || len(s.Text) > 80 {
				continue
			}
			m := boundOf.FindStringSubmatch(strings.TrimLeft(s.Text, "# "))
			if m == nil {
				continue
			}
			v, _ := strconv.ParseFloat(m[3], 64)
			key := strings.ToLower(strings.Join(strings.Fields(m[1]), " ")) + m[4]
			b := bound{v, i, m[2] + " " + m[3] + m[4]}
			if m[2] == "<" {
				if old, found := below[key]; !found || v > old.value {
					below[key] = b
				}
			} else if old, found := above[key]; !found || v < old.value {
				above[key] = b
			}
		}
		for i := range in.Statements {
			for key, low := range above {
				if high, found := below[key]; found && low.at == i && low.value < high.value {
					report(in.On(i, fmt.Sprintf("%s counts as high here, and %s as healthy in line %d", low.text, high.text, in.Statements[high.at].Line), "write one limit, or say what lies between"))
				}
			}
		}
	},
}
