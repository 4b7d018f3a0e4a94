package reports_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/reports/history"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// hostileText is what a target may answer.
const hostileText = "<script>alert(1)</script> | [x](javascript:1) \x1b[31m @everyone `"

// twoRuns are a run, and one in which the answers of a scenario broke it.
func twoRuns() (a, b ledger.RunResult) {
	was := failed("x")
	was.Verdict, was.Reason, was.DecidedBy = judge.Passed, "", nil
	for i := range was.Outcomes {
		was.Outcomes[i].Held, was.Outcomes[i].Reason = true, ""
	}
	a, b = run(passed(), was), run(passed(), failed(hostileText))
	b.ID = "b"
	b.Accepted = []ledger.Deviation{{Claim: "no.such.claim", Reason: hostileText, Until: "2030-01-01"}}
	return a, b
}

func TestAComparisonSaysTheSameInEveryFormat(t *testing.T) {
	a, b := twoRuns()
	c := compare.Runs(a, b)
	files, err := reports.Comparison(c, reports.Run{Result: a}, reports.Run{Result: b})
	if err != nil {
		t.Fatal(err)
	}
	again, err := reports.Comparison(c, reports.Run{Result: a}, reports.Run{Result: b})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"text": reports.ComparisonText(c)}
	for i, f := range files {
		if !bytes.Equal(f.Text, again[i].Text) {
			t.Errorf("%s differs from one rendering to the next", f.Name)
		}
		texts[f.Name] = string(f.Text)
	}
	for name, text := range texts {
		for _, want := range []string{"No-go", "database-slow", "no.such.claim", "2030"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		if name != reports.ComparisonJSONFile && (strings.Contains(text, "<script>") && name != "text" || strings.Contains(text, "\x1b")) {
			t.Errorf("%s: an answer became markup", name)
		}
	}
	var back compare.Comparison
	if err := json.Unmarshal([]byte(texts[reports.ComparisonJSONFile]), &back); err != nil || back.Exit != judge.ExitFailed || len(back.Changes) != len(c.Changes) {
		t.Errorf("%v: %+v", err, back)
	}
	page := texts[reports.ComparisonHTMLFile]
	was, is, never := strings.Count(page, `class="bar-was"`), strings.Count(page, `class="bar-is"`), strings.Count(page, `class="bar-bad"`)
	if was == 0 || is == 0 || never == 0 || (was+is+never)%2 != 0 {
		t.Errorf("%d bars of the baseline, %d of the candidate, %d of what never held: not two for each expectation", was, is, never)
	}
}

// tagOf is a tag of a page: what is in a text is no markup.
var tagOf = regexp.MustCompile(`<[^>]*>`)

func TestThePagesOfComparisonsLoadNothing(t *testing.T) {
	a, b := twoRuns()
	b.Began = b.Began.Add(24 * time.Hour)
	compared, err := reports.Comparison(compare.Runs(a, b), reports.Run{Result: a}, reports.Run{Result: b})
	if err != nil {
		t.Fatal(err)
	}
	trends, err := reports.History(history.Of([]ledger.RunResult{a, b}))
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, f := range append(compared, trends...) {
		if strings.HasSuffix(f.Name, ".html") {
			pages++
			for _, tag := range tagOf.FindAll(f.Text, -1) {
				if found := loads.Find(tag); found != nil {
					t.Errorf("%s: %s", f.Name, tag)
				}
			}
			if !bytes.Contains(f.Text, []byte("default-src &#39;none&#39;")) {
				t.Errorf("%s has no policy", f.Name)
			}
		}
	}
	if pages != 2 {
		t.Errorf("%d pages", pages)
	}
}

// Nothing that is accepted is green, and nothing fails a build for it. By hand: take
// the deviation off, and the case is a failure.
func TestWhatIsAcceptedIsSaidInEveryReport(t *testing.T) {
	r := run(passed(), failed("x"))
	for _, o := range ledger.Unmet(r.Results[1], false) {
		r.Accepted = append(r.Accepted, ledger.Deviation{Scenario: "database-slow", Expectation: o.Expectation, Reason: "until the gateway is replaced", Until: "2030-01-01"})
	}
	r.Exit = r.ExitCode()
	if r.Exit != judge.ExitPassed {
		t.Fatalf("exit %d", r.Exit)
	}
	for _, f := range reports.All() {
		text, err := f.Render(reports.Run{Result: r})
		if err != nil {
			t.Fatal(err)
		}
		switch f.Name {
		case "junit.xml":
			if !strings.Contains(string(text), `<skipped message="accepted until 2030-01-01: until the gateway is replaced`) || strings.Contains(string(text), "<failure") {
				t.Errorf("%s:\n%s", f.Name, text)
			}
		case reports.ResultFile, "summary.md", "report.html":
			if !strings.Contains(string(text), "until the gateway is replaced") {
				t.Errorf("%s does not say what is accepted", f.Name)
			}
		}
	}
}
