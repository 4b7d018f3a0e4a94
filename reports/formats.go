package reports

import (
	"github.com/runproof/runproof/scenarios/ledger"
)

// Format is one report as a file of the bundle.
type Format struct {
	// Name is the file's name inside the bundle.
	Name string
	// Render makes the file's content.
	Render func(ledger.RunResult) ([]byte, error)
}

// ResultFile is the name of the report from which all others can be made
// again; [Parse] reads it.
const ResultFile = "result.json"

// All lists the reports of a bundle, the one to make first being first.
func All() []Format {
	return []Format{
		{Name: ResultFile, Render: JSON},
		{Name: "junit.xml", Render: JUnit},
		{Name: "summary.md", Render: func(r ledger.RunResult) ([]byte, error) { return Markdown(r), nil }},
		{Name: "report.html", Render: HTML},
		{Name: AnnotatedHTMLFile, Render: AnnotatedHTML},
		{Name: AnnotatedMarkdownFile, Render: AnnotatedMarkdown},
	}
}
