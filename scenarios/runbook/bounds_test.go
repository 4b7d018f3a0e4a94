package runbook_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// checkAll reads, binds and lints a text.
func checkAll(text []byte) (*document.Document, *binding.Report, []lint.Finding) {
	d := document.Parse(text)
	r := runbook.BindDocument(d)
	return d, r, lint.Run(lint.Input{Document: d, Binding: r, Excuse: runbook.Excuse}, lint.Rules())
}

// mostTime bounds, in time of the processor, the check of a text of any kind
// of a megabyte: a pull request of a stranger must not hang a gate.
const mostTime = 3 * time.Second

// TestNoTextTakesLong: nesting and repetition that cost the square of their
// size, or more, in a parser that does not bound them.
func TestNoTextTakesLong(t *testing.T) {
	nested := func(depth int) string {
		var b strings.Builder
		for i := range depth {
			fmt.Fprintf(&b, "%s- item %d\n", strings.Repeat("  ", i), i)
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"a list 1,000 deep":         nested(1000),
		"quotations":                strings.Repeat(">", 200_000) + " x\n",
		"items in a line":           strings.Repeat("- ", 3000) + "x\n",
		"a pipeline":                "```bash\n" + strings.Repeat("grep x | ", 4000) + "cat\n```\n",
		"conditions":                "```bash\n" + strings.Repeat("grep x && ", 4000) + "cat\n```\n",
		"substitutions":             "```bash\n" + strings.Repeat("echo $(", 4000) + "x" + strings.Repeat(")", 4000) + "\n```\n",
		"here-documents":            "```bash\n" + strings.Repeat("cat <<EOF\n", 20_000) + "```\n",
		"open quotes":               "```bash\n" + strings.Repeat("echo 'x\n", 20_001) + "```\n",
		"a transcript":              "```\n" + strings.Repeat("$ echo '\nfoo\n", 20_000) + "```\n",
		"emphasis":                  strings.Repeat("*a_", 100_000) + "\n",
		"brackets":                  strings.Repeat("[", 200_000) + "\n",
		"links":                     strings.Repeat("[a](#b) ", 50_000) + "\n",
		"links to different places": manyLinks(20_000),
		"a table":                   "| a | b |\n|---|---|\n" + strings.Repeat("| x `kubectl get pods -n a` | 5 s |\n", 20_000),
		"headings":                  strings.Repeat("# T\n", 100_000),
		"YAML":                      "```yaml\n" + strings.Repeat("a:\n  - b: [c, d]\n", 20_000) + "```\n",
		"brackets of SQL":           "```sql\nSELECT " + strings.Repeat("(", 100_000) + "1" + strings.Repeat(")", 100_000) + ";\n```\n",
		"one sentence again":        strings.Repeat("The breaker waits for 30 seconds.\n\nThe breaker waits for 40 seconds.\n\n", 8000),
		"comments":                  strings.Repeat("<!-- runproof: ignore link x -->\n[a](#b)\n\n", 10_000),
	} {
		used := processorTime(t, func() { checkAll([]byte("# T\n" + text)) })
		t.Logf("%s: %d kB in %s", name, len(text)>>10, used)
		if used > mostTime && !raceEnabled {
			t.Errorf("%s: %d bytes took %s", name, len(text), used)
		}
	}
}

func manyLinks(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "- [a](#place-%d)\n", i)
	}
	return b.String()
}

// TestMutatedRunbooks: whatever happens to the text of the edition, nothing
// crashes, and a claim is bound only to a statement that states its facts.
func TestMutatedRunbooks(t *testing.T) {
	draw := rand.New(rand.NewPCG(11, 13))
	edition := bytes.SplitAfter(runbook.Edition(), []byte("\n"))
	marks := []string{"`", "```", "~~~", "*", "#", ">", "- ", "|", "<", "\"", "'", "$(", "<<EOF\n", "\t", "\x00", "é", "\n\n", "    ", "[", "](", "<!--", "{{", "\\", "&&"}
	n := 250
	if testing.Short() || raceEnabled {
		n = 50
	}
	for i := range n {
		lines := append([][]byte(nil), edition...)
		for range 1 + draw.IntN(8) {
			at := draw.IntN(len(lines))
			switch draw.IntN(5) {
			case 0:
				lines = append(lines[:at:at], lines[at+1:]...)
			case 1:
				other := draw.IntN(len(lines))
				lines[at], lines[other] = lines[other], lines[at]
			case 2:
				line := lines[at]
				cut := draw.IntN(len(line) + 1)
				lines[at] = []byte(string(line[:cut]) + marks[draw.IntN(len(marks))] + string(line[cut:]))
			case 3:
				lines = append(lines[:at:at], append([][]byte{lines[draw.IntN(len(lines))]}, lines[at:]...)...)
			case 4:
				lines[at] = lines[at][:draw.IntN(len(lines[at])+1)]
			}
		}
		text := bytes.Join(lines, nil)
		d, r, list := checkAll(text)
		sane(t, d)
		for _, b := range r.Bindings {
			if b.State == binding.Bound && (b.Statement < 0 || b.Statement >= len(d.Statements)) {
				t.Fatalf("mutation %d: %s is bound to nothing", i, b.Claim.ID)
			}
		}
		for _, f := range list {
			if f.Line < 1 || f.Line > len(lines)+10 || f.Text == "" || f.Proposal == "" || f.Severity == "" {
				t.Fatalf("mutation %d: %+v", i, f)
			}
		}
	}
}

// TestUTF16IsRead, in both orders, and UTF-32 is named.
func TestUTF16IsRead(t *testing.T) {
	want := len(document.Parse(runbook.Edition()).Statements)
	units := utf16.Encode([]rune(string(runbook.Edition())))
	little, big := []byte{0xff, 0xfe}, []byte{0xfe, 0xff}
	for _, u := range units {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	for _, text := range [][]byte{little, big} {
		d, _, list := checkAll(text)
		if len(d.Statements) != want || d.Encoding != "UTF-16" || len(list) != 1 || list[0].Rule != "not-text" {
			t.Errorf("%d statements of %d, %q, %+v", len(d.Statements), want, d.Encoding, list)
		}
	}
	_, _, list := checkAll([]byte{0xff, 0xfe, 0, 0, 'a', 0, 0, 0})
	if len(list) != 1 || !strings.Contains(list[0].Text, "UTF-32") {
		t.Errorf("%+v", list)
	}
}
