package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	defaultValue = regexp.MustCompile(`(?i)\bdefault(?:s to|:)? (?:is |of )?\(?\d+(?:\.\d+)? ?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|mb|gb|connections?)\b|\b\d+ ?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?) ?\(?(?:by )?default\b|\(default:? \d+ ?(?:ms|s|secs?|seconds?|m|mins?|minutes?)\)`)
	namesSetting = regexp.MustCompile("`|\\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b|\\b[a-z]+(?:[A-Z][a-z]+)+\\b|\\b[a-z]+[._][a-z]+[._-]?\\w*\\b|--\\w|\\b(?:setting|parameter|variable|option|flag|field) ")
)

var unnamedDefault = rule.Rule{
	ID: "unnamed-default", Title: "a default has the name of its setting", Severity: lint.Info,
	Why: "whoever must change it, or look up what it is here, does not know where",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			switch s.Kind {
			case document.Item, document.Symptom, document.Comment:
			default:
				continue
			}
			if m := defaultValue.FindString(s.Text); m != "" && !namesSetting.MatchString(s.Text) {
				report(in.On(i, fmt.Sprintf("%q: which setting it is the default of is not said", m), "name the setting, and where it is changed"))
			}
		}
	},
}

var (
	switchOn = regexp.MustCompile(`(?i)\b(?:enabl(?:e|ing)|disabl(?:e|ing)|turn(?:ing)? o(?:n|ff)|activat(?:e|ing)|switch(?:ing)? on|fall(?:ing)? back to)\b (?:the |a |an |any |all )?(?:[\w-]+ ){0,3}?((?:circuit[- ]breaker )?fallbacks?|maintenance mode|read-only mode|degraded mode|feature flags?|kill[- ]switch|rate limit(?:er|ing)?|load shedding|debug logging|backup provider|safe mode|cached (?:data|results|responses))\b`)
	howTo    = regexp.MustCompile("`[^`]+`|\\]\\(|https?://|\\b(?:see|in the|via|using|with|from|by|through|under) ")
)

// maxSwitches bounds the places at which the whole document is searched.
const maxSwitches = 40

var unnamedSwitch = rule.Rule{
	ID: "unnamed-switch", Title: "what is to be switched on has a switch", Severity: lint.Warning,
	Why: "the step cannot be done: no command, setting or page is named for it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		n := 0
		for i, s := range in.Statements {
			switch s.Kind {
			case document.Prose, document.Item, document.Symptom, document.Comment, document.Row:
			default:
				continue
			}
			m := switchOn.FindStringSubmatch(s.Text)
			if m == nil || howTo.MatchString(s.Text) || followedByCommand(in, i) {
				continue
			}
			if n++; n > maxSwitches {
				return
			}
			if !hasSwitch(in, m[1]) {
				report(in.On(i, fmt.Sprintf("%q, and the document does not say how", strings.TrimSpace(m[0])), "name the command, the setting or the page that does it"))
			}
		}
	},
}

// followedByCommand tells whether the next thing is a command: the text leads
// to it.
func followedByCommand(in *rule.Input, i int) bool {
	for j := i + 1; j < len(in.Statements) && j < i+3; j++ {
		switch in.Statements[j].Kind {
		case document.Command, document.Query, document.Setting, document.Code, document.Link:
			return true
		case document.Item:
			return false
		}
	}
	return false
}

// hasSwitch tells whether a command, a setting or a heading has the word.
func hasSwitch(in *rule.Input, what string) bool {
	words := strings.Fields(strings.TrimPrefix(strings.ReplaceAll(strings.ToLower(what), "-", " "), "circuit breaker "))
	last := strings.TrimSuffix(words[0], "s")
	for _, s := range in.Statements {
		switch s.Kind {
		case document.Command, document.Query, document.Setting, document.Code:
			if strings.Contains(strings.ToLower(s.Text), last) {
				return true
			}
		default:
			if !strings.Contains(s.Text, "`") {
				continue
			}
			for _, span := range codeSpan.FindAllString(s.Text, 10) {
				if strings.Contains(strings.ToLower(span), last) {
					return true
				}
			}
		}
	}
	for _, h := range in.Headings {
		if strings.Contains(strings.ToLower(h.Text), last) {
			return true
		}
	}
	return false
}
