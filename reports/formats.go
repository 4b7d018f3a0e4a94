package reports

import (
	"github.com/runproof/runproof/scenarios/ledger"
)

// Format is one report as a file of the bundle.
type Format struct {
	// Name is the file's name inside the bundle.
	Name string
	// Flag is how a command line calls it; several files may have one.
	Flag string
	// Render makes the file's content.
	Render func(ledger.RunResult) ([]byte, error)
}

// ResultFile is the name of the report from which all others can be made
// again; [Parse] reads it.
const ResultFile = "result.json"

// All lists the reports of a bundle, the one to make first being first.
func All() []Format {
	return []Format{
		{Name: ResultFile, Flag: "json", Render: JSON},
		{Name: "junit.xml", Flag: "junit", Render: JUnit},
		{Name: "summary.md", Flag: "md", Render: func(r ledger.RunResult) ([]byte, error) { return Markdown(r), nil }},
		{Name: "report.html", Flag: "html", Render: HTML},
		{Name: AnnotatedHTMLFile, Flag: "annotated", Render: AnnotatedHTML},
		{Name: AnnotatedMarkdownFile, Flag: "annotated", Render: AnnotatedMarkdown},
		{Name: BadgeFile, Flag: "badge", Render: Badge},
	}
}

// OnDemand lists the reports that a bundle does not have.
func OnDemand() []Format {
	return []Format{
		{Name: "report.sarif", Flag: "sarif", Render: SARIF},
		{Name: "annotations.txt", Flag: "annotations", Render: func(r ledger.RunResult) ([]byte, error) { return Annotations(r), nil }},
	}
}
