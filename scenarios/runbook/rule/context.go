package rule

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// Purpose is what the text says a command is for: the comment over it, or the
// sentence or item right before its block.
func (in *Input) Purpose(i int) string {
	s := in.Statements[i]
	if s.Purpose != "" || s.Block < 0 {
		return s.Purpose
	}
	for j := i - 1; j >= 0 && in.Statements[j].Block == s.Block; j-- {
		if b := in.Statements[j]; b.Kind == document.Command || b.Kind == document.Query {
			return "" // the sentence speaks of the first
		}
	}
	return in.Lead(s.Block)
}

// Lead is the line of text that leads to a block, or empty.
func (in *Input) Lead(block int) string {
	if block >= len(in.Blocks) {
		return ""
	}
	for line, n := in.Blocks[block].Line-1, 0; line > 0 && n < 4; line, n = line-1, n+1 {
		text := strings.TrimSpace(in.Line(line))
		switch {
		case text == "" || n == 0 && (strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")):
		case strings.HasPrefix(text, "#") || strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~") || strings.HasPrefix(text, "|"):
			return ""
		default:
			return strings.TrimSpace(listMark.ReplaceAllString(strings.NewReplacer("**", "", "__", "").Replace(text), ""))
		}
	}
	return ""
}

var listMark = regexp.MustCompile(`^(?:[-*+>]|\d+[.)])\s+`)

// SameSection tells whether two statements stand under the same headings.
func SameSection(a, b document.Statement) bool {
	if len(a.Sections) != len(b.Sections) {
		return false
	}
	for i := range a.Sections {
		if a.Sections[i] != b.Sections[i] {
			return false
		}
	}
	return true
}

// cautions are words by which a text guards what it destroys.
var cautions = regexp.MustCompile(`(?i)\b(?:back(?:ed)?[ -]?ups?|snapshots?|pg_dump\w*|mysqldump|confirm\w*|approv\w+|irreversibl\w*|data loss|los(?:e|es|ing) (?:all )?(?:the )?(?:\w+ )?data|permanent\w*|warnings?|caution\w*|danger\w*|destructive|careful\w*|last resort|make sure|ensure|dry[ -]?run|only (?:if|when|after|do|run|use)|never|do not|don't|double[ -]?check|verify|be aware|note that|at your own risk|will (?:be )?(?:delete|remove|destroy|wipe|erase|lose|drop|disrupt|terminate)\w*|deletes? (?:all|every)|wipes?|cluster-wide|downtime|outage|cache stampede|load spike|temporar\w+|safe(?:ly)? to|after (?:you|the|verif|confirm)\w*|extreme|nuclear|emergency|test (?:data|environment)|locally|local development|staging|dev(?:elopment)? (?:environment|only|database)|tear ?down|clean ?up|uninstall\w*|reset)\b|⚠|❗|🚨|☢|🛑|\[!(?:WARNING|CAUTION|IMPORTANT|DANGER)\]`)

// Guarded tells whether the text around a statement warns, asks for a backup or
// says when: in the same section before it, in its comment, or right behind it.
func (in *Input) Guarded(i int) bool {
	s := in.Statements[i]
	if cautions.MatchString(s.Purpose) || cautions.MatchString(strings.Join(s.Sections, " ")) {
		return true
	}
	for j := i - 1; j >= 0 && i-j < 60; j-- {
		if !SameSection(in.Statements[j], s) {
			break
		}
		if text := in.Statements[j].Text + " " + in.Statements[j].Purpose; cautions.MatchString(text) {
			return true
		}
	}
	for j := i + 1; j < len(in.Statements) && j-i < 4; j++ {
		if !SameSection(in.Statements[j], s) {
			break
		}
		if in.Statements[j].Kind != document.Command && cautions.MatchString(in.Statements[j].Text) {
			return true
		}
	}
	// Quotes and admonitions may stand between statements.
	own := strings.NewReplacer("--skip-final-snapshot", "", "git reset", "").Replace(in.Line(s.Line)) // which warn of nothing
	return cautions.MatchString(in.Line(s.Line-1)) || cautions.MatchString(own)
}

// Next is the command that follows in the same block, or nil.
func (in *Input) Next(c *script.Call) *script.Call {
	block := in.Statements[c.Statement].Block
	if block < 0 {
		return nil
	}
	for j := c.Statement + 1; j < len(in.Statements) && j-c.Statement < 60; j++ {
		if in.Statements[j].Block != block {
			return nil
		}
		if calls := in.Script.Of[j]; len(calls) > 0 {
			return calls[0]
		}
	}
	return nil
}

// Output are the lines that a command is said to print.
func (in *Input) Output(i int) []document.Statement {
	var list []document.Statement
	for j := i + 1; j < len(in.Statements) && j-i < 200; j++ {
		s := in.Statements[j]
		if s.Kind == document.Output && s.Of == i {
			list = append(list, s)
		} else if s.Kind == document.Command || s.Kind == document.Query {
			break
		}
	}
	return list
}

// Step tells whether a statement is a step that ends in its command.
func (in *Input) Step(i int) bool {
	s := in.Statements[i]
	switch s.Kind {
	case document.Command:
		return true
	case document.Item, document.Symptom:
		return in.Script.Plain[i] || strings.HasSuffix(strings.TrimSpace(s.Text), "`")
	}
	return false
}

// Mentions tells whether the text around a statement, or the block that it is
// in, matches.
func (in *Input) Mentions(i int, pattern *regexp.Regexp) bool {
	s := in.Statements[i]
	if pattern.MatchString(s.Purpose) || pattern.MatchString(strings.Join(s.Sections, " ")) || pattern.MatchString(in.Line(s.Line)) || pattern.MatchString(in.Line(s.Line-1)) {
		return true
	}
	for j := max(i-12, 0); j < len(in.Statements) && j < i+6; j++ {
		t := in.Statements[j]
		if j != i && SameSection(t, s) && t.Kind != document.Command && t.Kind != document.Query && pattern.MatchString(t.Text) {
			return true
		}
	}
	return false
}
