package reports

import "github.com/runproof/runproof/scenarios/ledger"

// Format is one report as a file of the bundle.
type Format struct {
	// Name is the file's name inside the bundle.
	Name string
	// Render makes the file's content.
	Render func(Run) ([]byte, error)
}

// ResultFile is the name of the report from which, with the recordings, all others can
// be made again; [Parse] reads it.
const ResultFile = "result.json"

// All lists the reports of a bundle, the one to make first being first.
func All() []Format {
	return []Format{
		{Name: ResultFile, Render: ofResult(JSON)},
		{Name: "junit.xml", Render: ofResult(JUnit)},
		{Name: "summary.md", Render: ofResult(func(r ledger.RunResult) ([]byte, error) { return Markdown(r), nil })},
		{Name: "report.html", Render: HTML},
		{Name: AnnotatedHTMLFile, Render: ofResult(AnnotatedHTML)},
		{Name: AnnotatedMarkdownFile, Render: ofResult(AnnotatedMarkdown)},
	}
}

// ofResult is a report that needs no recording.
func ofResult(render func(ledger.RunResult) ([]byte, error)) func(Run) ([]byte, error) {
	return func(r Run) ([]byte, error) { return render(r.Result) }
}
