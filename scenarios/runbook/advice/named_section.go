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
	sectionNamed = regexp.MustCompile(`(?i)\b(?:see|in|to|follow|use|under|from)\s+(?:the\s+)?["“]([A-Z][^"”\n]{2,60})["”]\s+section\b(?:\s+(of|in)\s)?`)
	sectionGiven = regexp.MustCompile(`(?i)\b(?:see|go to|proceed to|skip to|jump to|continue with|refer to)\s+(?:the\s+)?(section|playbook|procedure|scenario|appendix|phase|runbook)\s+#?(\d{1,2}|[A-F])\b(?:\s+(of|in)\s)?`)
)

// maxNamed bounds the references that the document is searched for.
const maxNamed = 50

var namedSection = rule.Rule{
	ID: "named-section", Title: "a section that is named is there", Severity: lint.Warning,
	Why: "whoever is sent there looks for it in vain",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		n := 0
		for i, s := range in.Statements {
			switch s.Kind {
			case document.Link, document.Command, document.Query, document.Setting, document.Code:
				continue
			}
			if m := sectionNamed.FindStringSubmatch(s.Text); m != nil && m[2] == "" && n < maxNamed {
				n++
				if !hasHeading(in, m[1]) {
					report(in.On(i, fmt.Sprintf("there is no section %q", m[1]), "write the section, or name the one that is meant"))
				}
			}
			if m := sectionGiven.FindStringSubmatch(s.Text); m != nil && m[3] == "" && n < maxNamed {
				n++
				if !hasNumber(in, m[1], m[2]) {
					report(in.On(i, fmt.Sprintf("there is no %s %s", strings.ToLower(m[1]), m[2]), "write it, or name the one that is meant"))
				}
			}
		}
	},
}

// hasHeading tells whether a heading, or a label at the beginning of a line,
// has a name.
func hasHeading(in *rule.Input, name string) bool {
	name = document.Normal(name)
	for _, h := range in.Headings {
		if strings.Contains(document.Normal(h.Text), name) {
			return true
		}
	}
	for l := range strings.Lines(string(in.Source)) {
		if strings.HasPrefix(document.Normal(strings.TrimLeft(l, " \t*_#>-+0123456789.)[")), name) {
			return true
		}
	}
	return false
}

// hasNumber tells whether a heading, or the beginning of a line, has a number.
func hasNumber(in *rule.Input, word, number string) bool {
	re, err := regexp.Compile(`(?i)(?:\b` + word + `\s+#?|^[\s#*>-]*)` + number + `\b`)
	if err != nil {
		return true
	}
	for l := range strings.Lines(string(in.Source)) {
		if sectionGiven.MatchString(l) {
			l = sectionGiven.ReplaceAllString(l, "")
		}
		if re.MatchString(l) {
			return true
		}
	}
	return false
}
