package lint

import (
	"regexp"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// ignoring is the comment that switches a rule off, with a reason: for what
// follows it, for the section right below its heading, for the whole document
// before the first heading.
var ignoring = regexp.MustCompile(`<!--\s*runproof:\s*ignore\s+([a-z][\w-]*|\*)(?:\s+([^>]*?))?\s*-->`)

// ignoreList are, for each rule, the lines in which it is ignored.
type ignoreList map[string][]bool

func (l ignoreList) covers(f Finding) bool {
	if f.Rule == unexplainedIgnore.ID {
		return false
	}
	return within(l[f.Rule], f.Line) || within(l["*"], f.Line)
}

func within(lines []bool, n int) bool { return n < len(lines) && lines[n] }

// ignores are the lines that a document's comments name, without those that
// give no reason.
func ignores(d *document.Document) ignoreList {
	depth := map[string][]int{} // how many ranges begin and end at a line
	last := strings.Count(string(d.Source), "\n") + 1
	eachIgnore(d, func(line int, rule, reason string) {
		if reason == "" {
			return
		}
		if depth[rule] == nil {
			depth[rule] = make([]int, last+2)
		}
		from, to := covered(d, line, last)
		depth[rule][min(from, last)]++
		depth[rule][min(to, last)+1]--
	})
	list := ignoreList{}
	for rule, at := range depth {
		lines, open := make([]bool, len(at)), 0
		for n, change := range at {
			open += change
			lines[n] = open > 0
		}
		list[rule] = lines
	}
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
func covered(d *document.Document, line, last int) (from, to int) {
	if strings.TrimSpace(ignoring.ReplaceAllString(d.Line(line), "")) != "" {
		return line, line // behind what it is about
	}
	above := sort.Search(len(d.Headings), func(i int) bool { return d.Headings[i].Line >= line }) - 1
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
	if b := blockAt(d, from+1); b.Line == from+1 || b.Line == from && b.Text != "" {
		return from, b.Line + strings.Count(b.Text, "\n")
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
