package reports

import "github.com/runproof/runproof/scenarios/ledger"

// Format is one report as a file of the bundle.
type Format struct {
	// Name is the file's name inside the bundle.
	Name string
	// Flag is how a command line calls it; several files may have one.
	Flag string
	// Recorded says that it shows what was recorded, and not the result alone.
	Recorded bool
	// Render makes the file's content, of a result as [Parse] has read it.
	Render func(Run) ([]byte, error)
}

// ResultFile is the name of the report from which, with the recordings, all others can
// be made again; [Parse] reads it.
const ResultFile = "result.json"

// All lists the reports of a bundle, the one to make first being first.
func All() []Format {
	return []Format{
		{Name: ResultFile, Flag: "json", Render: ofResult(JSON)},
		{Name: "junit.xml", Flag: "junit", Render: ofResult(JUnit)},
		{Name: "summary.md", Flag: "md", Render: ofResult(func(r ledger.RunResult) ([]byte, error) { return Markdown(r), nil })},
		{Name: "report.html", Flag: "html", Recorded: true, Render: HTML},
		{Name: AnnotatedHTMLFile, Flag: "annotated", Render: ofResult(AnnotatedHTML)},
		{Name: AnnotatedMarkdownFile, Flag: "annotated", Render: ofResult(AnnotatedMarkdown)},
		{Name: BadgeFile, Flag: "badge", Render: ofResult(Badge)},
	}
}

// OnDemand lists the reports that a bundle does not have.
func OnDemand() []Format {
	return []Format{
		{Name: "report.sarif", Flag: "sarif", Render: ofResult(SARIF)},
		{Name: "annotations.txt", Flag: "annotations", Render: ofResult(func(r ledger.RunResult) ([]byte, error) { return Annotations(r), nil })},
	}
}

// ofResult is a report that needs no recording.
func ofResult(render func(ledger.RunResult) ([]byte, error)) func(Run) ([]byte, error) {
	return func(r Run) ([]byte, error) { return render(r.Result) }
}
