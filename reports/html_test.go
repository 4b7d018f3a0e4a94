package reports_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

// loads matches whatever would make a browser fetch or run something, or
// that the page's policy would block.
var loads = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form|audio|video|use|image|foreignObject)\b|\s(src|srcset|xlink:href|on[a-z]+|style)\s*=|url\(|@import|javascript:`)

func TestHTMLLoadsNothing(t *testing.T) {
	for name, r := range map[string]ledger.RunResult{"mixed": mixed(), "empty": run(), "hostile": everywhere(hostile)} {
		text, err := reports.HTML(reports.Run{Result: r})
		if err != nil {
			t.Fatal(err)
		}
		page := string(text)
		if !strings.Contains(html.UnescapeString(page), `<meta http-equiv="Content-Security-Policy" content="`+reports.ContentPolicy+`">`) {
			t.Errorf("%s: the page does not state its policy", name)
		}
		for _, tag := range regexp.MustCompile(`(?s)<[^>]*>|<style>.*?</style>`).FindAllString(page, -1) {
			if hit := loads.FindString(tag); hit != "" {
				t.Errorf("%s: %q in %s", name, hit, tag)
			}
		}
		for _, ref := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(ref[1], "#") {
				t.Errorf("%s: links to %s", name, ref[1])
			}
		}
	}
}

// TestHTMLStructure: the same elements whatever the texts are, each closed.
func TestHTMLStructure(t *testing.T) {
	tag := regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*`)
	tagsOf := func(s string) []string {
		text, err := reports.HTML(reports.Run{Result: everywhere(s)})
		if err != nil {
			t.Fatal(err)
		}
		return tag.FindAllString(string(text), -1)
	}
	want, got := tagsOf("plain"), tagsOf(hostile)
	if strings.Join(want, " ") != strings.Join(got, " ") {
		t.Errorf("hostile texts change the page's elements:\n%s\n%s", want, got)
	}
	open := 0
	for _, name := range got {
		switch {
		case strings.HasPrefix(name, "</"):
			open--
		case name != "<meta" && name != "<br":
			open++
		}
	}
	if open != 0 {
		t.Errorf("%d elements are not closed", open)
	}
}

// TestHTMLIsAccessible: headers of tables say what they are for, drawings have a name.
func TestHTMLIsAccessible(t *testing.T) {
	text, err := reports.HTML(reports.Run{Result: mixed()})
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, th := range regexp.MustCompile(`<th\b[^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(th, "scope=") {
			t.Errorf("%s has no scope", th)
		}
	}
	for _, svg := range regexp.MustCompile(`<svg\b[^>]*>`).FindAllString(page, -1) {
		if !strings.Contains(svg, `role="img"`) || !strings.Contains(svg, "aria-label=") {
			t.Errorf("%s has no name", svg)
		}
	}
	if tables, captions := strings.Count(page, "<table>"), strings.Count(page, "<caption>"); tables != captions || tables == 0 {
		t.Errorf("%d tables, %d captions", tables, captions)
	}
}
