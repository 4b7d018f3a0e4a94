package reports_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// loads matches whatever would make a browser fetch or run something, or
// that the page's policy would block.
var loads = regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed|base|form|audio|video|image|foreignObject)\b|\s(src|srcset|xlink:href|on[a-z]+|style)\s*=|url\(|@import|href="?javascript:`)

// pages renders both pages of a run.
func pages(t *testing.T, r reports.Run) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, f := range reports.All() {
		if strings.HasSuffix(f.Name, ".html") {
			text, err := f.Render(r)
			if err != nil {
				t.Fatal(err)
			}
			all[f.Name] = string(text)
		}
	}
	return all
}

// samples are runs of every kind, one with hostile texts wherever one can stand.
func samples() map[string]reports.Run {
	bad := annotated(hostile+"\n"+book, hostile)
	bad.Results = everywhere(hostile).Results
	return map[string]reports.Run{
		"mixed": recorded(mixed(), "x"), "empty": {Result: run()}, "annotated": recorded(annotated(book, "x"), "x"),
		"hostile": recorded(everywhere(hostile), hostile), "hostile document": recorded(bad, hostile),
	}
}

func TestPagesLoadNothing(t *testing.T) {
	for name, r := range samples() {
		for file, page := range pages(t, r) {
			if !strings.Contains(html.UnescapeString(page), `<meta http-equiv="Content-Security-Policy" content="`+reports.ContentPolicy+`">`) {
				t.Errorf("%s of %s does not state its policy", file, name)
			}
			for _, tag := range regexp.MustCompile(`(?s)<[^>]*>|<style>.*?</style>`).FindAllString(page, -1) {
				if hit := loads.FindString(tag); hit != "" {
					t.Errorf("%s of %s: %q in %s", file, name, hit, tag)
				}
			}
			if strings.ContainsAny(page, "\x1b\x00\u202e") {
				t.Errorf("%s of %s is not clean", file, name)
			}
		}
	}
}

// TestHTMLStructure: the same elements whatever the texts are, each closed.
func TestHTMLStructure(t *testing.T) {
	tag := regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*`)
	tagsOf := func(s string) []string {
		return tag.FindAllString(pages(t, recorded(everywhere(s), s))["report.html"], -1)
	}
	want, got := tagsOf("plain"), tagsOf(hostile)
	if strings.Join(want, " ") != strings.Join(got, " ") {
		t.Errorf("hostile texts change the page's elements:\n%s\n%s", want, got)
	}
	for file, page := range pages(t, samples()["hostile document"]) {
		page = regexp.MustCompile(`<[^>]*/>`).ReplaceAllString(page, "")
		open := 0
		for _, name := range tag.FindAllString(page, -1) {
			switch {
			case strings.HasPrefix(name, "</"):
				open--
			case !slices.Contains([]string{"<meta", "<br", "<hr", "<input"}, name):
				open++
			}
		}
		if open != 0 {
			t.Errorf("%s: %d elements are not closed", file, open)
		}
	}
}

// TestPagesAreAccessible: headers of tables say what they are for, drawings have a name
// or are none of a listener's business, headings leave out no level, links lead somewhere.
func TestPagesAreAccessible(t *testing.T) {
	for name, r := range samples() {
		for file, page := range pages(t, r) {
			wrong := func(format string, args ...any) { t.Errorf("%s of %s: "+format, append([]any{file, name}, args...)...) }
			for _, th := range regexp.MustCompile(`<th\b[^>]*>`).FindAllString(page, -1) {
				if !strings.Contains(th, "scope=") {
					wrong("%s has no scope", th)
				}
			}
			for _, svg := range regexp.MustCompile(`<svg\b[^>]*>`).FindAllString(page, -1) {
				named := strings.Contains(svg, `role="img"`) && strings.Contains(svg, "aria-label=")
				if !named && !strings.Contains(svg, "aria-hidden") && !strings.Contains(svg, "preserveAspectRatio") {
					wrong("%s has no name", svg)
				}
			}
			for _, landmark := range []string{"<header", "<main", `<html lang="en">`} {
				if strings.Count(page, landmark) != 1 {
					wrong("%d of %s", strings.Count(page, landmark), landmark)
				}
			}
			level := 0
			for i, h := range regexp.MustCompile(`<h([1-6])\b`).FindAllStringSubmatch(page, -1) {
				at := int(h[1][0] - '0')
				if i == 0 && at != 1 || i > 0 && at == 1 || at > level+1 {
					wrong("a heading of level %d behind one of level %d", at, level)
				}
				level = at
			}
			ids := map[string]int{}
			for _, id := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
				ids[html.UnescapeString(id[1])]++
			}
			for id, n := range ids {
				if n != 1 {
					wrong("id %q stands %d times", id, n)
				}
			}
			for _, ref := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(page, -1) {
				if ids[html.UnescapeString(ref[1])] == 0 && !strings.HasPrefix(ref[1], "h-") { // the document's own may be dead
					wrong("#%s leads nowhere", ref[1])
				}
			}
		}
	}
}

// TestTheReportBeginsWithWhatToDo: what failed stands before what is undecided, that
// before what is to be corrected, and all of it before what passed.
func TestTheReportBeginsWithWhatToDo(t *testing.T) {
	r := mixed()
	r.Findings = []ledger.Finding{{Rule: "fails-on-empty", Statement: "s", Line: 3, Proposal: "write it so", Fix: &ledger.Fix{Line: 3, Old: "b", New: "c"}}}
	r.Provenance.Runbook.Text = "a\n\nb d\n"
	r.Ledger = append(r.Ledger, ledger.Row{Statement: &ledger.Statement{ID: "s", Section: "Cache", Line: 3, Text: "b d"}, Verdict: ledger.Hazard, Reason: "x"})
	page := pages(t, recorded(r, "connection refused"))["report.html"]
	at := 0
	for _, want := range []string{
		`<h1 class="bad">`, "Failed <span", "<dt>Target</dt><dd>reference 1.0.0</dd>", "<dt>Stack</dt><dd>processes, postgres 17.2</dd>", "<dt>When</dt><dd>2026-03-01 07:30 UTC</dd>",
		`<h2 id="todo">`, `href="#scenario-database-slow"`, "fix the service", `<a href="#statement-3">line 3 of the runbook</a>: write it so`, `href="#scenario-venue-down"`,
		`<h2 id="failed">`, `id="scenario-database-slow"`, "GET /api/v1/events answers 504 by 20s", "answered 500 after 12 ms", `<svg class="tl"`, "ERROR connection refused",
		"Reproduce: <code>runproof verify database-slow --stack processes</code>",
		`<h2 id="undecided">`, `id="scenario-venue-down"`,
		`<h2 id="statements">`, "HAZARD", "fails-on-empty", "- b d", "&#43; c d",
		`<h2 id="sections">`, `aria-label="1 HAZARD"`, `<h2 id="scenarios">`, `<details class="sc">`, `id="scenario-database-refused"`, `<h2 id="ledger">`, `<h2 id="provenance">`,
	} {
		next := strings.Index(page[at:], want)
		if next < 0 {
			t.Fatalf("%q is missing behind %q", want, page[max(0, at-200):at])
		}
		at += next + len(want)
	}
	passed := pages(t, recorded(run(passed()), ""))["report.html"]
	if !strings.Contains(passed, "Nothing: no promise was broken") || strings.Contains(passed, `id="failed"`) {
		t.Error("a run that passed asks for something")
	}
}

// TestShares: what a request met is told apart, and nothing is made of no request.
func TestShares(t *testing.T) {
	res := passed()
	res.Impact.During = judge.Share{Sent: 400, Failed: 1, P50: time.Millisecond, P95: 1500 * time.Millisecond, P99: 2 * time.Minute, Max: 2 * time.Hour}
	res.Impact.Recovering, res.Impact.Overlapping = judge.Share{}, 12
	page := pages(t, recorded(run(res), ""))["report.html"]
	for _, want := range []string{
		`<tr><th scope="row">before the fault</th><td>8</td><td class="">none</td>`,
		`<tr><th scope="row">under the fault</th><td>400</td><td class="bad">1 (&lt;1 %)</td><td>1 ms</td><td>1.5 s</td><td>2 min</td><td>2 h 0 min</td></tr>`,
		`<tr><th scope="row">until recovered</th><td>0</td><td class="">-</td><td>-</td>`,
		"12 more were under way while the fault came or went",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// TestTheReportIsBounded: where there are too many scenarios for all that is known of
// each, those that passed are outlined, and what failed is shown in full.
func TestTheReportIsBounded(t *testing.T) {
	const largest = 5_000_000
	long := strings.Repeat("a long text ", 200)
	var results []judge.Result
	for i := range 600 {
		res := passed()
		res.Scenario = fmt.Sprintf("scenario-%d", i)
		for range 20 {
			res.Outcomes = append(res.Outcomes, judge.Outcome{Phase: scenarios.PhaseSteady, Expectation: long[:200], Held: true, Observations: 1, Last: scenarios.Observation{Status: 200, Body: long}})
		}
		results = append(results, res)
	}
	bad := failed("the evidence")
	results = append(results, bad)
	page := pages(t, recorded(run(results...), ""))["report.html"]
	if len(page) > largest {
		t.Errorf("%d bytes", len(page))
	}
	for _, want := range []string{"the evidence", "Shortened for want of room", `id="scenario-scenario-599"`} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}
