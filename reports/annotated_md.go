package reports

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
)

// AnnotatedMarkdown renders the runbook as it is, with a quotation behind each
// block that says of its statements what was found out. The document's own
// markup stays; what a target said is code or text with all markup spelt as
// character references.
func AnnotatedMarkdown(r ledger.RunResult) ([]byte, error) {
	r = kept(r)
	s := annotate(r)
	var b, pending bytes.Buffer
	fmt.Fprintf(&b, "> %s<br>\n> **%s**\n\n", prose(s.Title), prose(s.Headline))
	give := func() {
		if pending.Len() > 0 {
			b.WriteString("\n")
			b.Write(pending.Bytes())
			b.WriteString("\n")
			pending.Reset()
		}
	}
	fence := ""
	for _, l := range s.Lines {
		text := l.Text
		if l.Hard && text != "" {
			text += "  "
		}
		if l.Kind == "fence" {
			if fence == "" {
				fence = strings.TrimLeft(l.Text, " \t>")
			} else {
				fence = ""
			}
		}
		if fence == "" && strings.TrimSpace(text) == "" {
			give()
		}
		b.WriteString(text + "\n")
		for _, n := range l.Notes {
			pending.WriteString(markOf(l.Number, n))
		}
		for _, f := range l.Finds {
			fmt.Fprintf(&pending, "> - line %d, **%s**: %s<br>why: %s<br>proposal: %s<br>run: %s\n", l.Number, prose(f.Rule), code(f.Saw), prose(f.Why), code(f.Proposal), code(f.Ran))
		}
	}
	if fence != "" {
		// The document forgot to close it; what follows must not stand in it.
		b.WriteString(leading(fence) + "\n")
	}
	give()
	if len(s.Rest) > 0 {
		b.WriteString("\n## Claims that this runbook does not make\n\n")
		for _, n := range s.Rest {
			b.WriteString(strings.TrimPrefix(markOf(0, n), "> "))
		}
	}
	return b.Bytes(), nil
}

// markOf is one line of a quotation about one statement.
func markOf(number int, n note) string {
	var b strings.Builder
	b.WriteString("> - ")
	if number > 0 {
		fmt.Fprintf(&b, "line %d: ", number)
	}
	fmt.Fprintf(&b, "**%s**", prose(n.Verdict))
	if n.Claim != "" {
		b.WriteString(" " + code(n.Claim))
	}
	if n.Reason != "" {
		b.WriteString(": " + code(n.Reason))
	}
	if n.Proof != "" {
		b.WriteString("; " + prose(n.Proof))
	}
	if n.Link != "" {
		fmt.Fprintf(&b, "; [evidence](%s): %s", n.Link, code(n.Evidence))
	}
	if n.CounterExample != "" {
		b.WriteString("; counter-example: " + code(n.CounterExample))
	}
	return b.String() + "\n"
}
