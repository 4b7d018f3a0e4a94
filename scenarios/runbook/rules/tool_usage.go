package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
	"github.com/runproof/runproof/scenarios/runbook/tools"
)

var toolUsage = Rule{
	ID: "tool-usage", Title: "options and subcommands exist", Weight: Error,
	Why: "the program refuses the command and does nothing",
	find: func(in *Input, report func(Finding)) {
		var all once
		for _, c := range in.Script.Calls {
			if !tools.Known(c.Program) || c.Through("ssh") && in.sparse(c) {
				continue
			}
			words := make([]tools.Word, len(c.Args))
			for i, a := range c.Args {
				words[i] = tools.Word{Text: a.Text, Open: a.Open}
			}
			for _, p := range tools.Check(c.Program, words, c.Through("xargs") || unfinished(c)) {
				f := at(c, p.Text, p.Proposal)
				if p.Deprecated {
					f.Weight = Warning
				}
				all.add(f)
			}
			if c.Program == "kubectl" {
				dryRun(c, all.add)
			}
		}
		all.report(report)
	},
}

// sparse tells that a command on another machine is no more than its name.
func (in *Input) sparse(c *script.Call) bool { return len(c.Args) == 0 }

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
func dryRun(c *script.Call, report func(Finding)) {
	for i, a := range c.Args {
		if a.Text == "--dry-run" && i+1 < len(c.Args) && strategies.MatchString(c.Args[i+1].Text) {
			report(at(c, fmt.Sprintf("kubectl takes %q for a name: the value of --dry-run needs an equals sign", c.Args[i+1].Text), "write --dry-run="+c.Args[i+1].Text))
		}
	}
}
