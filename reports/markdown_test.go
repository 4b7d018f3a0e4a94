package reports_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runproof/runproof/reports"
)

// tags are all the markup that a summary has of its own.
var tags = strings.NewReplacer("<code>", "", "</code>", "", "<details>", "", "</details>", "", "<summary>", "", "</summary>", "")

// skeleton checks a summary line by line and returns what a reader's eye takes
// in: headings, tables with their numbers of rows, folds. Two runs that differ
// only in their texts must have the same.
func skeleton(t *testing.T, text string) string {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("no UTF-8: %q", text)
	}
	var b strings.Builder
	fence, pipes := "", 0
	for _, l := range strings.Split(text, "\n") {
		bare := strings.TrimLeft(l, "`")
		marks := l[:len(l)-len(bare)]
		switch {
		case fence != "" && bare == "" && len(marks) >= len(fence):
			fence = ""
			b.WriteString("fenced\n")
		case fence != "":
		case len(marks) >= 3:
			fence = marks
		default:
			if rest := tags.Replace(l); strings.ContainsAny(rest, "<>`[]\\@$~\r\x1b") || strings.Contains(rest, "www.") {
				t.Errorf("markup outside of any fence: %q", l)
			}
			pipes = checkRow(t, l, pipes, &b)
		}
	}
	if fence != "" {
		t.Error("a fence was never closed")
	}
	return b.String()
}

// checkRow follows the width of a table and notes what kind of line this is.
func checkRow(t *testing.T, l string, pipes int, b *strings.Builder) int {
	switch n := strings.Count(l, "|"); {
	case n == 0:
		pipes = 0
	case pipes == 0:
		pipes = n
	case n != pipes:
		t.Errorf("a row of %d cells in a table of %d: %q", n-1, pipes-1, l)
	}
	switch {
	case pipes > 0:
		b.WriteString("row\n")
	case strings.HasPrefix(l, "- "):
		b.WriteString("item\n")
	case l != "":
		b.WriteString(l + "\n")
	}
	return pipes
}

// FuzzMarkdown compares the structure of a summary full of s with that of a
// summary full of nothing in particular.
func FuzzMarkdown(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		want, got := everywhere("plain"), everywhere(s)
		// What has no visible character shows no line of provenance.
		got.Provenance, want.Provenance = run().Provenance, run().Provenance
		got.Provenance.Runbook.Name = "x" + s
		if w, g := skeleton(t, string(reports.Markdown(want))), skeleton(t, string(reports.Markdown(got))); w != g {
			t.Errorf("%q changes the structure from:\n%s\nto:\n%s", s, w, g)
		}
	})
}

func TestMarkdownFitsAComment(t *testing.T) {
	r := everywhere(strings.Repeat(hostile, 20))
	for range 30 {
		r.Results = append(r.Results, r.Results[0])
	}
	text := string(reports.Markdown(r))
	if n := len(text); n > 65536 || n < 30000 {
		t.Errorf("%d bytes", n)
	}
	for _, want := range []string{"No room for the witnesses", "more; see report.html", "### Provenance"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	skeleton(t, text)
}

// TestMarkdownNamesWhatIsNeeded: the expectation, what was seen last, the
// section, and the command that runs the scenario alone.
func TestMarkdownNamesWhatIsNeeded(t *testing.T) {
	text := string(reports.Markdown(mixed()))
	for _, want := range []string{
		"## runproof: Failed",
		"expected:  during (postgres answers 4s late): GET /api/v1/events answers 504 by 20s [latency.symptom.504]",
		`last seen: 500 after 12ms; {"type":"about:blank","title":"Internal Server Error"}`,
		"runbook:   High Latency",
		"run alone: runproof verify database-slow --stack processes\n",
		"venue-frozen: Unsupported: the target cannot be sent signals",
		"| <code>database-refused</code> | Passed | 312ms | 1.2s | 1/1 |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	if regexp.MustCompile(`(?m)^## runproof: Passed`).MatchString(string(reports.Markdown(run()))) {
		t.Error("an empty run is called passed")
	}
}
