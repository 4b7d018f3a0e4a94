package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	forNow   = regexp.MustCompile(`(?i)\btemporar(?:y|ily)\b`)
	takeBack = regexp.MustCompile(`(?i)\b(?:revert\w*|restor\w+|undo|roll(?:ing)? back|back to|reset\w*|remov\w+|re-?enabl\w+|original|previous value|afterwards|once (?:the|it)|until)\b`)
)

// maxCommands bounds the commands that the document is searched for.
const maxCommands = 5000

var temporary = rule.Rule{
	ID: "temporary", Title: "what is temporary ends", Severity: lint.Warning,
	Why: "the incident is over, and the setting of the incident stays",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		n := 0
		for _, c := range in.Script.Calls {
			what := changed(c)
			if n++; what == "" || n > maxCommands || !forNow.MatchString(in.Purpose(c.Statement)+" "+in.Statements[c.Statement].Section()) || strings.Count(string(in.Source), what) > 1 || undone(in, c.Statement) {
				continue
			}
			report(rule.At(c, fmt.Sprintf("%s is changed for a time, and nothing says when and how it is changed back", what), "add the command that takes it back, and when to run it"))
		}
	},
}

// changed names the setting that a command changes, or is empty.
func changed(c *script.Call) string {
	switch c.Program {
	case "kubectl", "oc":
		if c.Word(0) == "set" && c.Word(1) == "env" {
			for _, w := range c.Words() {
				if name, _, ok := strings.Cut(w.Text, "="); ok {
					return name
				}
			}
		}
		if c.Word(0) == "set" && c.Word(1) == "resources" {
			return "set resources"
		}
	case "kafka-configs", "kafka-configs.sh":
		if w, ok := c.Value("--add-config"); ok {
			name, _, _ := strings.Cut(w.Text, "=")
			return name
		}
	case "redis-cli":
		if words := c.RedisCommand(); len(words) > 2 && strings.EqualFold(words[0].Text, "config") && strings.EqualFold(words[1].Text, "set") {
			return words[2].Text
		}
	}
	return ""
}

// undone tells whether the text behind a statement speaks of a way back.
func undone(in *rule.Input, i int) bool {
	for j := i + 1; j < len(in.Statements) && j < i+25 && rule.SameSection(in.Statements[j], in.Statements[i]); j++ {
		if takeBack.MatchString(in.Statements[j].Text) || takeBack.MatchString(in.Statements[j].Purpose) {
			return true
		}
	}
	return takeBack.MatchString(in.Purpose(i))
}
