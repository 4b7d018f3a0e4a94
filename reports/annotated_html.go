package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"github.com/runproof/runproof/scenarios/ledger"
)

//go:embed annotated.html.tmpl
var sheetText string

var sheetPage = template.Must(template.New(AnnotatedHTMLFile).Parse(sheetText))

// AnnotatedHTML renders the runbook line by line, each statement marked with
// its verdict, the last proof and a link to the evidence, findings beside the
// lines they concern. Like report.html it runs and loads nothing.
func AnnotatedHTML(r ledger.RunResult) ([]byte, error) {
	r = kept(r)
	var b bytes.Buffer
	view := struct {
		sheet
		Policy, Class string
	}{annotate(r), ContentPolicy, outcomeMark(exit(r)).Class}
	if err := sheetPage.Execute(&b, view); err != nil {
		return nil, fmt.Errorf("%s: %w", AnnotatedHTMLFile, err)
	}
	return b.Bytes(), nil
}
