package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// interrupt are words that tell the reader to stop the command.
var interrupt = regexp.MustCompile(`(?i)\bctrl[ +-]?c\b|\^c\b|\binterrupt\b|\bin (?:another|a second|a separate|one) (?:terminal|shell|window)\b`)

// collections are headings over commands of which the reader takes one.
var collections = regexp.MustCompile(`(?i)\b(?:useful|common|essential|quick|handy|basic|helpful|frequent\w*|diagnostic|debug\w*)\b.*\b(?:commands?|reference|tools)\b|\bcheat ?sheet\b|\bcommands? reference\b|\breference commands\b`)

// listOfCommands tells whether a block is a collection of commands and no
// procedure: its heading says so, or it has many that never end.
func listOfCommands(in *rule.Input, i int) bool {
	s := in.Statements[i]
	if collections.MatchString(s.Section()) || collections.MatchString(in.Lead(max(s.Block, 0))) {
		return true
	}
	n := 0
	for j := max(i-20, 0); j < len(in.Statements) && j < i+20; j++ {
		if in.Statements[j].Block != s.Block {
			continue
		}
		for _, c := range in.Script.Of[j] {
			if len(c.Via) == 0 && c.Endless() != "" {
				n++
			}
		}
	}
	return n > 2
}

var neverEnds = rule.Rule{
	ID: "never-ends", Title: "a command in the middle of a block ends", Severity: lint.Warning,
	Why: "whoever pastes the block never gets to the commands below it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Background || c.Through("timeout") || c.Through("xargs") || len(c.Via) > 0 && c.Via[0] == "watch" {
				continue
			}
			endless := c.Endless()
			next := in.Next(c)
			if endless == "" || listOfCommands(in, c.Statement) || in.Mentions(c.Statement, interrupt) || next == nil || cutShort(c) || choice(in, c, next) {
				continue
			}
			report(rule.At(c, fmt.Sprintf("%s never ends, and commands follow in the same block", endless),
				"give it a block of its own, or a form that ends"))
		}
	},
}

// choice tells that two commands are forms of one, of which the reader takes
// one: both never end, or both stand under one comment.
func choice(in *rule.Input, c, next *script.Call) bool {
	if c.Program != next.Program {
		return false
	}
	if c.Program == "npm" || c.Program == "yarn" || c.Program == "pnpm" {
		return true // a list of its scripts
	}
	a, b := in.Statements[c.Statement], in.Statements[next.Statement]
	return next.Endless() == c.Endless() || a.Purpose != "" && a.Purpose == b.Purpose && (!subcommands[c.Program] || c.Word(0) == next.Word(0))
}

// subcommands are programs whose first word is what they do.
var subcommands = map[string]bool{"kubectl": true, "oc": true, "docker": true, "podman": true, "docker-compose": true}

// cutShort tells that a later stage of the pipeline ends by itself, which ends
// the command at its next line.
func cutShort(c *script.Call) bool {
	for _, later := range c.Pipe[min(c.Stage+1, len(c.Pipe)):] {
		if later.Program == "head" || later.Program == "grep" && later.Flag("-q", "-m") || later.Program == "sed" && strings.Contains(later.String(), "q") {
			return true
		}
	}
	return false
}
