package advice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var numbered = regexp.MustCompile(`^(?:(?i:(step|phase|playbook|scenario|procedure|runbook|issue|problem|part|stage|section))\s+#?(\d{1,2})\b|(\d{1,2})(?:\.\s|\)|:))`)

var numbering = rule.Rule{
	ID: "numbering", Title: "numbered sections are all there", Severity: lint.Info,
	Why: "a number that is missing or there twice is a step that was lost, or one that references do not find",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		type level struct {
			word string
			last int
		}
		var open [8]level
		for _, h := range in.Headings {
			if h.Level < 1 || h.Level >= len(open) {
				continue
			}
			for deeper := h.Level + 1; deeper < len(open); deeper++ {
				open[deeper] = level{}
			}
			m := numbered.FindStringSubmatch(h.Text)
			if m == nil {
				continue
			}
			n, err := strconv.Atoi(m[2] + m[3])
			if err != nil {
				continue
			}
			at := &open[h.Level]
			word := strings.ToLower(m[1])
			switch {
			case n <= 1 || at.last == 0 || at.word != word:
				if n > 1 {
					n = 0 // it does not begin at the beginning
				}
			case n != at.last+1 && n <= at.last+3:
				text := fmt.Sprintf("section %d follows section %d", n, at.last)
				report(rule.Finding{Line: h.Line, Column: 1, Statement: -1, Text: text, Proposal: "number the sections anew, and look what is missing"})
			case n != at.last+1:
				n = 0
			}
			*at = level{word: word, last: n}
		}
	},
}
