package lint

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var jsonSyntax = Rule{
	ID: "json-syntax", Title: "JSON blocks parse", Severity: Error,
	Why: "an output that is no JSON cannot be compared with what is printed",
	Find: func(in Input, report func(Finding)) {
		for _, b := range in.Document.Blocks {
			if b.Is != document.JSON || filledIn(b.Text) || strings.Contains(b.Text, "//") || strings.Contains(b.Text, "/*") || excerpt.MatchString(b.Text) {
				continue // an excerpt, a template, or JSON with comments
			}
			if line, problem := invalid(b.Text); problem != "" {
				report(Finding{Line: b.Line + line, Column: 1, Text: "this is not valid JSON: " + problem, Proposal: "copy the output anew; mark what varies in the sentence before it"})
			}
		}
	},
}

// excerpt is JSON that begins or goes on within an object, or has comments.
var excerpt = regexp.MustCompile(`^\s*[^\s{\["\d-]|^\s*"[^"]*"\s*:|(?m)^\s*#|^\},?\s*$\s*.`)

// invalid is what is wrong with a text of one or more JSON values, and in
// which line, counted from zero.
func invalid(text string) (line int, problem string) {
	decoder := json.NewDecoder(strings.NewReader(text))
	for {
		var value any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			return 0, ""
		}
		if err == nil {
			continue
		}
		at := int(decoder.InputOffset())
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = max(int(syntax.Offset)-1, 0)
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			at = len(strings.TrimRight(text, " \n"))
		}
		return strings.Count(text[:min(at, len(text))], "\n"), err.Error()
	}
}
