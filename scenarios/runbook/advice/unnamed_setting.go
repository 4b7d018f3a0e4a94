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
	setSomething = regexp.MustCompile(`(?i)^(?:\W*)(?:increase|raise|reduce|lower|decrease|adjust|tune|extend)\s+(?:the |your )?(?:[\w-]+ ){0,3}?(pool(?: size)?|timeouts?|heap(?: size)?|concurrency|batch size|retention(?: period)?|workers?|rate limits?|cache size|ttl|buffers?|max connections|connection limits?)\b`)
	explained    = regexp.MustCompile("`|\\d|\\]\\(|https?://|=|\\b(?:see|via|using|by|in the|with)\\b")
)

// maxSettings bounds the places at which the whole document is searched.
const maxSettings = 40

var unnamedSetting = rule.Rule{
	ID: "unnamed-setting", Title: "what is to be changed has a name", Severity: lint.Info,
	Why: "the step cannot be done: neither the setting nor where it stands is named",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		n := 0
		for i, s := range in.Statements {
			if s.Kind != document.Item && s.Kind != document.Comment {
				continue
			}
			m := setSomething.FindStringSubmatch(s.Text)
			if m == nil || explained.MatchString(s.Text) || leadsToCode(in, i) {
				continue
			}
			if n++; n > maxSettings {
				return
			}
			if !isSet(in, m[1]) {
				report(in.On(i, fmt.Sprintf("%q: which setting that is, and where, is not said", strings.TrimSpace(m[0])), "name the setting, its value and the command"))
			}
		}
	},
}

// leadsToCode tells whether code, or a list of what to do, follows.
func leadsToCode(in *rule.Input, i int) bool {
	for j := i + 1; j < len(in.Statements) && j < i+3; j++ {
		switch in.Statements[j].Kind {
		case document.Command, document.Query, document.Setting, document.Code, document.Link:
			return true
		}
	}
	return false
}

// isSet tells whether a command, a setting or a code span has the word.
func isSet(in *rule.Input, what string) bool {
	word := strings.TrimSuffix(strings.Fields(strings.ToLower(what))[0], "s")
	for _, s := range in.Statements {
		text := s.Text
		switch s.Kind {
		case document.Command, document.Query, document.Setting, document.Code, document.Console:
		default:
			text = strings.Join(spans.FindAllString(s.Text, 10), " ")
		}
		if strings.Contains(strings.ToLower(text), word) {
			return true
		}
	}
	return false
}

var spans = regexp.MustCompile("`[^`]+`")
