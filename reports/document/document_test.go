package document_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports/document"
)

func TestADocumentIsRenderedAsOne(t *testing.T) {
	for source, want := range map[string]string{
		"# A `b` c":                               `<h2 id="h-a-b-c" class="h1">A <code>b</code> c</h2>`,
		"###### Deep":                             `<h6 id="h-deep" class="h6">`,
		"- one\n- two\n":                          "<ul>\n<li><div class=\"row\"><div>one</div></div>\n</li>",
		"3. three\n":                              `<ol start="3">`,
		"> quoted **bold**":                       `<blockquote><div class="row"><div><p>quoted <strong>bold</strong></p></div></div>`,
		"```bash\necho $A < b\n```":               "<pre><code>echo $A &lt; b\n</code></pre>",
		"    indented\n":                          "<pre><code>indented\n</code></pre>",
		"| A | B |\n|---|---|\n| 1 | 2<br>3 |\n":  `<tr><td>1</td><td>2<br>3</td><td class="margin"></td></tr>`,
		"a <!-- to machines --> b":                "<p>a  b</p>",
		"<!-- to machines -->\n\nb":               "<div class=\"row\"><div><p>b</p></div></div>\n",
		"<details>\n<summary>More</summary>\n\nx": "<p>More</p>",
		"---\ntitle: x\n---\n\n# A":               `class="h1">A`,
		"[a](#the-part) and [b](https://b.test)":  `<a rel="noreferrer" href="#h-the-part">a</a> and <a rel="noreferrer" href="https://b.test">b</a>`,
		"[a](other.md) [b](javascript:alert(1))":  "<p>a b</p>",
		"![alt](https://b.test/x.png)":            "<p>[image: alt]</p>",
		"<https://b.test> and https://c.test":     `<a rel="noreferrer" href="https://b.test">https://b.test</a> and <a rel="noreferrer" href="https://c.test">https://c.test</a>`,
		"~~gone~~":                                "<del>gone</del>",
	} {
		if got, _ := document.HTML(source, nil); !strings.Contains(got, want) {
			t.Errorf("%q: %q is missing in %q", source, want, got)
		}
	}
	if got, _ := document.HTML("<!-- to machines -->\n", nil); got != "" {
		t.Errorf("a comment is shown: %q", got)
	}
}

// TestNotesStandBesideTheirLines, below what they are about, and each once.
func TestNotesStandBesideTheirLines(t *testing.T) {
	const source = "# A\n\nFirst.\nSecond.\n\n- item\n\n```\n# one\nrun\n  on\n\n# two\nother\n```\n\n| A |\n|---|\n| cell |\n\n[x]: https://nowhere.test\n"
	notes := map[int]document.Notes{}
	for line, text := range map[int]string{1: "title", 3: "first", 4: "second", 6: "item", 10: "run", 14: "other", 19: "cell", 21: "lost"} {
		notes[line] = document.Notes{Margin: "[" + text + "]", Below: "{" + text + "}"}
	}
	got, headings := document.HTML(source, notes)
	for _, want := range []string{
		`</h2></div><div class="margin">[title]</div></div>`, `<p>First.
Second.</p></div><div class="margin">[first][second]</div></div>
{first}{second}`, `item</div><div class="margin">[item]</div></div>
{item}</li>`,
		"<pre><code># one\n</code></pre></div></div>", "<span id=\"line-10\"></span><pre><code>run\n  on\n</code></pre></div><div class=\"margin\">[run]</div></div>\n{run}",
		"<pre><code>\n# two\n</code></pre>", "[other]</div></div>\n{other}", `<span id="line-19"></span>cell</td><td class="margin">[cell]</td></tr>`,
		`<tr class="below"><td colspan="2">{cell}</td></tr>`, `[lost]</div></div>
{lost}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	for _, n := range notes {
		if strings.Count(got, n.Margin) != 1 || strings.Count(got, n.Below) != 1 {
			t.Errorf("%v stands not once in %s", n, got)
		}
	}
	if len(headings) != 1 || headings[0].Line != 1 || headings[0].Anchor != "h-a" || len(notes) != 8 {
		t.Errorf("headings %v, %d notes left", headings, len(notes))
	}
}

func TestHeadingsOfOneNameAreToldApart(t *testing.T) {
	got, headings := document.HTML("# A\n\n# A\n\nB\n=\n", nil)
	if len(headings) != 3 || headings[1].Anchor != "h-a-1" || headings[2].Line != 5 || !strings.Contains(got, `id="h-a-1"`) {
		t.Errorf("%v", headings)
	}
}

// FuzzHTML: whatever a document is, it brings in no element of its own, and keeps its notes.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{"# A\n\n- b\n", "<script>alert(1)</script>", "[x](javascript:y)", "```\n<b>", "| a |\n|-|\n| <img src=x> |", "\x00\xff", "- [ ] x", "<a onclick=x>", "\\<b>", "&lt;b&gt;", "---\n---\n"} {
		f.Add(s)
	}
	allowed := regexp.MustCompile(`^</?(?:div|p|h[1-6]|ul|ol|li|pre|code|blockquote|hr|table|thead|tbody|tr|th|td|a|em|strong|del|br|span|input)$`)
	active := regexp.MustCompile(`(?i)<[a-z][^>]*\s(?:on\w+|style|src)=|href="(?:javascript|data):`)
	f.Fuzz(func(t *testing.T, s string) {
		got, _ := document.HTML(s, map[int]document.Notes{1: {Margin: "\x01note\x02"}})
		for _, tag := range regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*`).FindAllString(got, -1) {
			if !allowed.MatchString(tag) {
				t.Errorf("%q brings in %s", s, tag)
			}
		}
		if hit := active.FindString(got); hit != "" {
			t.Errorf("%q brings in %s", s, hit)
		}
		if strings.Count(got, "\x01note\x02") != 1 {
			t.Errorf("%q loses its note: %q", s, got)
		}
	})
}
