package lint

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// ignoring is the comment that switches a rule off, with a reason: for what
// follows it, for the section right below its heading, for the whole document
// before the first heading.
var ignoring = regexp.MustCompile(`<!--\s*runproof:\s*ignore\s+([a-z][\w-]*|\*)(?:\s+([^>]*?))?\s*-->`)

// span is a range of lines in which a rule is ignored.
type span struct {
	rule     string
	from, to int
}

type ignoreList []span

func (l ignoreList) covers(f Finding) bool {
	for _, s := range l {
		if (s.rule == f.Rule || s.rule == "*") && s.from <= f.Line && f.Line <= s.to && f.Rule != unexplainedIgnore.ID {
			return true
		}
	}
	return false
}

// ignores are the ranges that a document's comments name, those without a
// reason left out.
func ignores(d *document.Document) ignoreList {
	var list ignoreList
	eachIgnore(d, func(line int, rule, reason string) {
		if reason != "" {
			from, to := covered(d, line)
			list = append(list, span{rule, from, to})
		}
	})
	return list
}

func eachIgnore(d *document.Document, visit func(line int, rule, reason string)) {
	if !strings.Contains(string(d.Source), "runproof:") {
		return
	}
	for n, line := range strings.Split(string(d.Source), "\n") {
		for _, m := range ignoring.FindAllStringSubmatch(line, -1) {
			visit(n+1, m[1], strings.TrimSpace(m[2]))
		}
	}
}

// covered are the lines that a comment at a line is about.
func covered(d *document.Document, line int) (from, to int) {
	last := strings.Count(string(d.Source), "\n") + 1
	if strings.TrimSpace(ignoring.ReplaceAllString(d.Line(line), "")) != "" {
		return line, line // behind what it is about
	}
	above := -1
	for i, h := range d.Headings {
		if h.Line < line {
			above = i
		}
	}
	if above < 0 {
		return 1, last
	}
	if h := d.Headings[above]; onlyBlank(d, h.Line+1, line-1) {
		for _, next := range d.Headings[above+1:] {
			if next.Level <= h.Level {
				return h.Line, next.Line - 1
			}
		}
		return h.Line, last
	}
	from = line + 1
	for from < last && strings.TrimSpace(d.Line(from)) == "" {
		from++
	}
	for _, b := range d.Blocks {
		if b.Line == from+1 || b.Line == from {
			return from, b.Line + strings.Count(b.Text, "\n")
		}
	}
	for to = from; to < last && strings.TrimSpace(d.Line(to+1)) != ""; {
		to++
	}
	return from, to
}

func onlyBlank(d *document.Document, from, to int) bool {
	for ; from <= to; from++ {
		if strings.TrimSpace(ignoring.ReplaceAllString(d.Line(from), "")) != "" {
			return false
		}
	}
	return true
}

var unexplainedIgnore = Rule{
	ID: "ignore", Title: "what is ignored has a reason", Severity: Warning,
	Why: "nobody can tell later whether the reason still holds",
	Find: func(in Input, report func(Finding)) {
		eachIgnore(in.Document, func(line int, rule, reason string) {
			if reason == "" {
				report(Finding{Line: line, Text: "this comment ignores " + rule + " and gives no reason; it is not followed", Proposal: "<!-- runproof: ignore " + rule + " the reason -->"})
			}
		})
	},
}
