package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
	"github.com/runproof/runproof/scenarios/runbook/tools"
)

var toolUsage = rule.Rule{
	ID: "tool-usage", Title: "options and subcommands exist", Severity: lint.Error,
	Why: "the program refuses the command and does nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			use(c, c.Through("xargs") || unfinished(c), report)
		}
		for _, c := range in.Script.Mentions {
			use(c, true, report)
		}
	},
}

// use judges a call; more tells that words may follow.
func use(c *script.Call, more bool, report func(rule.Finding)) {
	if !tools.Known(c.Program) {
		return
	}
	words := make([]tools.Word, len(c.Args))
	for i, a := range c.Args {
		words[i] = tools.Word{Text: a.Text, Open: a.Open}
	}
	for _, p := range tools.Check(c.Program, words, more) {
		f := rule.At(c, p.Text, p.Proposal)
		if p.Deprecated {
			f.Severity = lint.Warning
		}
		report(f)
	}
	if c.Program == "kubectl" {
		dryRun(c, report)
	}
}

// unfinished tells that a command is the beginning of one: a mention in a
// sentence, or words that the reader adds.
func unfinished(c *script.Call) bool {
	for _, a := range c.Args {
		if a.Text == "..." || a.Text == "…" || strings.HasSuffix(a.Text, "...") {
			return true
		}
	}
	return false
}

var strategies = regexp.MustCompile(`^(?:client|server|none)$`)

// dryRun finds "--dry-run client": the value needs an equals sign, and without
// one it is taken for a name.
func dryRun(c *script.Call, report func(rule.Finding)) {
	for i, a := range c.Args {
		if a.Text == "--dry-run" && i+1 < len(c.Args) && strategies.MatchString(c.Args[i+1].Text) {
			report(rule.At(c, fmt.Sprintf("kubectl takes %q for a name: the value of --dry-run needs an equals sign", c.Args[i+1].Text), "write --dry-run="+c.Args[i+1].Text))
		}
	}
}
