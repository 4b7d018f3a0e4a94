package reports_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

// book is a runbook with every kind of line.
const book = "# Handbook\n\n> **Version:** 1.0  \n> **Owner:** us\n\n## Database\n\n- Answered with 503.\n- The log has `x`.\n\n```bash\n# Clear\n\nredis-cli KEYS \"a:*\" | xargs redis-cli DEL\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"

// annotated is a run with a document, statements at its lines and findings; s
// stands wherever something comes from outside of the document.
func annotated(text, s string) ledger.RunResult {
	r := run(passed(), failed("x"))
	r.Provenance.Runbook.Text = text
	at := func(n int, text string) *ledger.Statement {
		return &ledger.Statement{ID: "s", Kind: "symptom", Section: "Database", Line: n, Column: 1, Text: text}
	}
	seen := []ledger.Evidence{{Scenario: "database-refused", Phase: scenarios.PhaseDuring, Basis: scenarios.Documented, Held: true, Observation: s}}
	broken := []ledger.Evidence{{Scenario: "database-slow", Phase: scenarios.PhaseDuring, Basis: scenarios.Documented, Observation: s}}
	r.Ledger = []ledger.Row{
		{Claim: ledger.Claim{ID: "database.symptom.503", Text: s}, Statement: at(8, "Answered with 503."), Verdict: ledger.True, Evidence: seen, CounterExample: s},
		{Claim: ledger.Claim{ID: "database.symptom.log"}, Statement: at(9, "The log has `x`."), Verdict: ledger.False, Reason: s, Evidence: broken},
		{Statement: at(14, "redis-cli ..."), Verdict: ledger.Hazard, Reason: s},
		{Statement: at(19, "1 2"), Verdict: ledger.Untested, Reason: s},
		{Claim: ledger.Claim{ID: "gone", Text: "it is gone"}, Verdict: ledger.Untested, Reason: s},
	}
	r.Findings = []ledger.Finding{{Rule: "fails-on-empty", Statement: "s", Line: 14, Column: 1, Ran: s, Saw: s, Why: s, Proposal: s}}
	return r
}

func TestAnnotatedNamesWhatIsNeeded(t *testing.T) {
	r := annotated(book, "seen so")
	r.Findings[0].Fix = &ledger.Fix{Line: 14, Old: "xargs", New: "xargs -r"}
	for name, want := range map[string][]string{
		reports.AnnotatedHTMLFile: {
			`<h2 id="h-handbook" class="h1">Handbook</h2>`, `<li><div class="row"><div><span id="line-8"></span>Answered with 503.</div><div class="margin"><p class="note good">`,
			`TRUE</span> <a href="report.html#scenario-database-refused">database-refused</a>: <span class="soft" title="seen so">seen so</span>`,
			`FALSE</span> <a href="report.html#scenario-database-slow">database-slow</a>: <span class="soft" title="seen: seen so">`,
			"redis-cli KEYS &#34;a:*&#34; | xargs redis-cli DEL", `<strong>fails-on-empty</strong>: Seen so.`,
			"<span class=\"add\">&#43; redis-cli KEYS &#34;a:*&#34; | xargs -r redis-cli DEL", "<code>gone</code>",
			`<th scope="col">A</th>`, `<li class="l2"><a href="#h-database">Database</a> <span class="bad">`,
		},
		reports.AnnotatedMarkdownFile: {
			"> **Version:** 1.0  \n> **Owner:** us\n", "\n```\n\n> - line 14: ⚠️ **HAZARD**: <code>seen so</code>\n> - line 14: ⚠️ **fails-on-empty**: Seen so",
			">   ```diff\n>   - redis-cli KEYS \"a:*\" | xargs redis-cli DEL\n>   + redis-cli KEYS \"a:*\" | xargs -r redis-cli DEL\n>   ```\n",
			"- The log has `x`.\n\n> - line 8: ✅ **TRUE** <code>database.symptom.503</code> [database-refused](report.html#scenario-database-refused): <code>seen so</code>",
			"- ❔ **UNTESTED** <code>gone</code>", "- [Database](#database) ❌ 1 FALSE ⚠️ 1 HAZARD ✅ 1 TRUE ❔ 1 UNTESTED",
		},
	} {
		text := render(t, name, r)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is missing in:\n%s", name, w, text)
			}
		}
	}
	if text := render(t, reports.AnnotatedMarkdownFile, run()); !strings.Contains(text, "not part of this result") {
		t.Errorf("a result without a document: %s", text)
	}
}

// TestWhatNobodyCanTestIsQuiet: a contact or a link has no mark, and the comment that
// says why is not shown.
func TestWhatNobodyCanTestIsQuiet(t *testing.T) {
	r := annotated("# A\n\n- Call the team. <!-- untestable: people -->\n- [There](https://example.org/)\n", "x")
	r.Findings, r.Ledger = nil, []ledger.Row{
		{Claim: ledger.Claim{Untestable: "people"}, Statement: &ledger.Statement{Kind: "item", Line: 3}, Verdict: ledger.Untested, Reason: "people"},
		{Statement: &ledger.Statement{Kind: "link", Line: 4}, Verdict: ledger.Untested, Reason: "a link"},
	}
	for _, name := range []string{reports.AnnotatedHTMLFile, reports.AnnotatedMarkdownFile} {
		if text := render(t, name, r); strings.Contains(text, "untestable") || strings.Contains(text, "UNTESTED") || !strings.Contains(text, "Call the team.") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestAnnotatedMarkdownKeepsTheDocument: taking out what was added leaves the
// document.
func TestAnnotatedMarkdownKeepsTheDocument(t *testing.T) {
	_, text, _ := strings.Cut(render(t, reports.AnnotatedMarkdownFile, annotated(book, "x")), "</details>\n\n")
	text, _, _ = strings.Cut(text, "\n## Claims that this")
	text = regexp.MustCompile(`\n(?:> - line .*\n)+\n`).ReplaceAllString(text, "")
	if text != book {
		t.Errorf("got:\n%s\nwant:\n%s", text, book)
	}
}

// TestAnUnclosedFenceHidesNothing: what is found out stands behind it.
func TestAnUnclosedFenceHidesNothing(t *testing.T) {
	open, _, _ := strings.Cut(book, "\n```\n")
	text := render(t, reports.AnnotatedMarkdownFile, annotated(open+"\n", "x"))
	if !strings.Contains(text, "DEL\n```\n\n> - line") {
		t.Error(text)
	}
}

func FuzzAnnotated(f *testing.F) {
	seed(f)
	f.Add(book)
	tag := regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*`)
	shape := func(t *testing.T, name, text, s string) (lines int, tags string) {
		page := render(t, name, annotated(text, "x"+s))
		if !utf8.ValidString(page) || strings.ContainsAny(page, "\x1b\x00\r\u202e") {
			t.Errorf("%s: not clean: %q", name, page)
		}
		return strings.Count(page, "\n"), strings.Join(tag.FindAllString(page, -1), " ")
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{reports.AnnotatedHTMLFile, reports.AnnotatedMarkdownFile} {
			wantLines, want := shape(t, name, book, "")
			if gotLines, got := shape(t, name, book, s); got != want || gotLines != wantLines {
				t.Errorf("%s: %q changes the structure from %s to %s", name, s, want, got)
			}
		}
		// A document may hold anything: in HTML it is text.
		page := render(t, reports.AnnotatedHTMLFile, annotated(s+"\n"+book, "x"))
		if hit := loads.FindString(strings.Join(regexp.MustCompile(`<[a-zA-Z/][^>]*>`).FindAllString(page, -1), "\n")); hit != "" {
			t.Errorf("%q brings in %s", s, hit)
		}
	})
}

func render(t *testing.T, name string, r ledger.RunResult) string {
	t.Helper()
	for _, f := range reports.All() {
		if f.Name == name {
			text, err := f.Render(reports.Run{Result: r})
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
	}
	t.Fatalf("there is no report %s", name)
	return ""
}
