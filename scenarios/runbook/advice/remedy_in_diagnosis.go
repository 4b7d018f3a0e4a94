package advice

import (
	"fmt"
	"regexp"
	"slices"
	"sort"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	looking  = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:initial |quick |detailed |first )?(?:investigat\w+|diagnos\w+|triage|assess\w*|verify|identify|check)\b`)
	alsoActs = regexp.MustCompile(`(?i)\b(?:fix\w*|resol\w+|remed\w+|mitigat\w+|recover\w*|restart\w*|action\w*|solution\w*|repair\w*|if\b|and then|response)`)
)

var remedyInDiagnosis = rule.Rule{
	ID: "remedy-in-diagnosis", Title: "a diagnosis changes nothing", Severity: lint.Warning,
	Why: "what was to be looked at is gone before anybody looked, and whether it was the cause is never known",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			what := remedy(c)
			if what == "" || what == "rollout undo" || c.Guarded {
				continue
			}
			s := in.Statements[c.Statement]
			diagnosis := false
			for _, h := range above(in, s.Line) {
				if alsoActs.MatchString(h) {
					diagnosis = false
					break
				}
				diagnosis = diagnosis || looking.MatchString(h)
			}
			if diagnosis && (restartsInWords.MatchString(s.Purpose) || !alsoActs.MatchString(s.Purpose+" "+in.Purpose(c.Statement))) {
				report(rule.At(c, fmt.Sprintf("%s stands in a section that looks for the cause", what), "look at state and logs first, and move the restart to the remedies"))
			}
		}
	},
}

// above are the headings that a line stands under, but the title, the
// outermost first.
func above(in *rule.Input, line int) []string {
	end := sort.Search(len(in.Headings), func(i int) bool { return in.Headings[i].Line > line })
	var list []string
	level := 7
	for i := end - 1; i > 0 && level > 1; i-- {
		if h := in.Headings[i]; h.Level < level {
			list, level = append(list, h.Text), h.Level
		}
	}
	slices.Reverse(list)
	return list
}

// restartsInWords is a purpose that is the restart itself.
var restartsInWords = regexp.MustCompile(`^(?i)(?:\d+[.)] *)?restart\b`)
