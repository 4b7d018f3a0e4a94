package lint

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

var placeholder = Rule{
	ID: "placeholder", Title: "nothing waits to be filled in", Severity: Warning,
	Why: "whoever looks here at night needs the name, not the place where one should stand",
	Find: func(in Input, report func(Finding)) {
		unfilled(in, report)
		fillIns(in, report)
	},
}

var (
	// bracketed is a value that is nothing but a name in brackets.
	bracketed = regexp.MustCompile(`(?:^|[:|=–—-]\s+|\*\*\s*)(\[[A-Z][A-Za-z0-9/' -]{1,40}\]|<[A-Za-z][A-Za-z0-9_/ -]{1,40}>|\{[A-Z][A-Za-z0-9_ -]{1,40}\})\s*(?:$|[|,;(])`)
	// marks are notes of an author to himself.
	marks = regexp.MustCompile(`\b(?:TBD|FIXME|CHANGEME|CHANGE_ME|TBC)\b|\bTODO\b:?|\bXXX\b(?:-|\s|$)|\b[Ll]orem ipsum\b|\bto be (?:defined|determined|filled in)\b|\bfill (?:this )?in (?:here|later)\b`)
	// people are words of a line on which somebody is to be reached.
	people = regexp.MustCompile(`(?i)\b(?:contacts?|owners?|on-?call|escalat\w*|phone|slack|pager|e-?mail|manager|lead|team|responsib\w*|support|admins?|vendor|dba|sre)\b`)
	// form is a text that is copied and filled in by whoever uses it.
	form = regexp.MustCompile(`(?i)\b(?:template|example|sample|form|format|checklist|post-?mortem)\b`)
)

// unfilled finds what the author never filled in: an owner, a contact, a note
// to himself.
func unfilled(in Input, report func(Finding)) {
	for _, s := range in.Document.Statements {
		switch s.Kind {
		case document.Row, document.Item, document.Prose, document.Symptom, document.Comment:
		default:
			continue
		}
		raw := in.Document.Line(s.Line)
		if s.Kind != document.Comment && form.MatchString(strings.Join(s.Sections, " ")) {
			continue
		}
		var values [][]int
		if strings.ContainsAny(raw, "[<{") {
			values = bracketed.FindAllStringSubmatchIndex(raw, -1)
		}
		for _, m := range values {
			name := raw[m[2]:m[3]]
			if s.Kind == document.Comment || m[3] < len(raw) && (raw[m[3]] == '(' || raw[m[3]] == '[') || inSpan(raw, m[2]) || strings.HasPrefix(raw[:m[2]], "[") || isTag(name) || strings.EqualFold(name, "[x]") {
				continue
			}
			if len(strings.Fields(name)) > mostWords {
				continue // a title without its link
			}
			f := at(s, name+" was never filled in", "write who or what it is, or where that can be looked up")
			if people.MatchString(raw + " " + s.Section()) {
				f.Severity = Error
			}
			report(f)
		}
		if !mayHaveMark(raw) {
			continue
		}
		if m := marks.FindStringIndex(raw); m != nil && !inSpan(raw, m[0]) && (s.Kind != document.Comment || strings.Contains(s.Text, raw[m[0]:m[1]])) {
			mark := strings.TrimRight(raw[m[0]:m[1]], ":- ")
			if s.Kind == document.Row && people.MatchString(raw) {
				f := at(s, mark+" stands where somebody is to be reached: "+short(s.Text), "write who or what it is, or where that can be looked up")
				f.Severity = Error
				report(f)
			} else if strings.HasPrefix(mark, "XXX") {
				report(at(s, "XXX was never filled in: "+short(s.Text), "write what belongs there, or where that can be looked up"))
			} else if s.Kind != document.Comment || mark == "TODO" || mark == "FIXME" {
				report(at(s, "the author left a note to himself: "+mark, "write what is missing, or take the note away"))
			}
		}
	}
}

// mayHaveMark tells cheaply whether a line can have one of the marks.
func mayHaveMark(line string) bool {
	for _, part := range []string{"TBD", "TBC", "FIXME", "CHANGE", "TODO", "XXX", "orem ipsum", "to be ", "fill "} {
		if strings.Contains(line, part) {
			return true
		}
	}
	return false
}

// mostWords bounds the name of somebody who is to be filled in.
const mostWords = 3

// inSpan tells whether a place of a line is within a code span.
func inSpan(line string, at int) bool { return strings.Count(line[:at], "`")%2 == 1 }

var htmlTags = regexp.MustCompile(`^<(?i:a|b|i|u|p|br|hr|em|strong|code|pre|kbd|sub|sup|details|summary|div|span|table|tr|td|th|ul|ol|li|img|h\d|center|font|small|del|ins)(?:[ /][^>]*)?>$`)

func isTag(name string) bool { return htmlTags.MatchString(name) }

// commandFillIn is what a reader replaces in a command.
var commandFillIn = regexp.MustCompile(`<([A-Za-z][\w .-]{0,40})>|\b(YOUR[-_][A-Z0-9_-]+|your-[a-z0-9-]+)\b`)

// plainName are words that need no explanation: they say what is to be filled
// in, or nothing.
var plainName = map[string]bool{}

func init() {
	// And what everybody who runs services knows how to look up.
	for _, w := range strings.Fields("name names the your value some and for here of to from in my user username email password token id uid ip address host hostname port namespace ns pod podname node nodename container deployment service cluster region env environment project account file filename path dir directory date time timestamp version tag branch url registry image first last number n x y") {
		plainName[w] = true
	}
}

// fillIns finds, once for each name, what commands have to fill in and
// nothing says with what: none of its words stands anywhere else.
func fillIns(in Input, report func(Finding)) {
	type place struct {
		command Command
		name    string
		lines   []int
	}
	var list []*place
	byName := map[string]*place{}
	for _, c := range in.Commands() {
		for _, m := range commandFillIn.FindAllStringSubmatchIndex(c.Text, -1) {
			if m[2] >= 0 && (m[0] > 0 && c.Text[m[0]-1] == '<' || strings.Contains(c.Text[m[0]:m[1]], "> ") || isTag(c.Text[m[0]:m[1]])) {
				continue
			}
			name := c.Text[m[0]:m[1]]
			line := c.Line + strings.Count(c.Text[:m[0]], "\n")
			if p := byName[name]; p != nil {
				p.lines = append(p.lines, line)
				continue
			}
			p := &place{command: c, name: name, lines: []int{line}}
			byName[name] = p
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return
	}
	words := explained(in.Document)
	var f *Finding
	var names []string
	for _, p := range list {
		opaque, plain := true, true
		for _, w := range facts.Words(strings.ReplaceAll(p.name, "_", " ")) {
			plain = plain && plainName[w]
			if len(w) >= 2 && !plainName[w] && (words[w] || words[strings.TrimSuffix(w, "s")] || words[w+"s"]) {
				opaque = false
			}
		}
		if !opaque || plain {
			continue
		}
		if names = append(names, p.name); f == nil {
			one := p.command.at(in, "", "say where it is looked up, or print the command that shows it")
			one.Line, one.Severity, one.Why = p.lines[0], Info, "the on-call engineer has to guess the value"
			f = &one
		}
		f.Others = append(f.Others, p.lines...)
	}
	if f != nil {
		f.Text = "nothing says what to put for " + strings.Join(names, ", ")
		report(*f)
	}
}

// explained are the words of a document outside of what is to be filled in.
func explained(d *document.Document) map[string]bool {
	words := map[string]bool{}
	note := func(text string) {
		for _, w := range facts.Words(strings.ReplaceAll(commandFillIn.ReplaceAllString(text, " "), "_", " ")) {
			words[w] = true
		}
	}
	for _, h := range d.Headings {
		note(h.Text)
	}
	for _, s := range d.Statements {
		note(s.Text)
		note(s.Purpose)
	}
	return words
}
