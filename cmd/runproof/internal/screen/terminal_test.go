package screen

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// emulator is as much of a terminal as is written to: it keeps the lines of the screen,
// moves up, and clears what is below. Anything else that a terminal obeys fails the test.
type emulator struct {
	t     *testing.T
	lines []string
	at    int
}

var sequences = regexp.MustCompile(`\x1b\[(\d*)([A-Za-z])|\r|\n|[^\x1b\r\n]+`)

func (e *emulator) Write(p []byte) (int, error) {
	if rest := sequences.ReplaceAllString(string(p), ""); rest != "" {
		e.t.Errorf("a terminal obeys %q", rest)
	}
	for _, m := range sequences.FindAllStringSubmatch(string(p), -1) {
		for len(e.lines) <= e.at {
			e.lines = append(e.lines, "")
		}
		switch {
		case m[0] == "\n":
			e.at++
		case m[0] == "\r":
		case m[2] == "A":
			n, _ := strconv.Atoi(m[1])
			if e.at -= n; e.at < 0 {
				e.t.Fatalf("moved above the screen by %q", p)
			}
		case m[2] == "J":
			e.lines = append(e.lines[:e.at], "")
		case m[2] == "m":
		case m[2] != "":
			e.t.Errorf("a terminal obeys %q", m[0])
		default:
			e.lines[e.at] += m[0]
		}
	}
	return len(p), nil
}

func (e *emulator) screen() string { return strings.TrimRight(strings.Join(e.lines, "\n"), "\n") }

// on is a terminal of that size.
func on(e *emulator, columns, rows int) *Terminal {
	return &Terminal{to: e, size: func() (int, int) { return columns, rows }, live: true, colour: true}
}

// By hand: do not move up before a block is drawn anew, or leave a line of it out of the
// count.
func TestABlockStaysBelowWhatIsPrinted(t *testing.T) {
	e := &emulator{t: t}
	term := on(e, 20, 10)
	term.Block(Spans{P("[###...]")}, Spans{{"first under way", Faint}})
	if err := term.Print(Span{"it failed", Bad}); err != nil {
		t.Fatal(err)
	}
	term.Block(Spans{P("[####..]")}, Spans{P("second under way, a long line")}, Spans{P("third")})
	fmt.Fprint(term, "half ")
	if got := e.screen(); got != "it failed\nhalf" && got != "it failed\nhalf " {
		t.Errorf("below a line that goes on:\n%s", got)
	}
	fmt.Fprintln(term, "a line")
	if want := "it failed\nhalf a line\n[####..]\nsecond under way...\nthird"; e.screen() != want {
		t.Errorf("got:\n%s\nwant:\n%s", e.screen(), want)
	}
	term.Block()
	if want := "it failed\nhalf a line"; e.screen() != want {
		t.Errorf("after the end:\n%s", e.screen())
	}
}

func TestABlockIsNoHigherThanTheTerminal(t *testing.T) {
	e := &emulator{t: t}
	on(e, 20, 3).Block(Spans{P("1")}, Spans{P("2")}, Spans{P("3")}, Spans{P("4")})
	if got := e.screen(); got != "1\n2" {
		t.Errorf("a block that scrolls cannot be drawn anew:\n%s", got)
	}
}

// What a target says is no style and moves nothing, wherever it is printed.
func TestOnlyOurOwnStylesReachTheTerminal(t *testing.T) {
	e := &emulator{t: t}
	term := on(e, 80, 24)
	const evil = "\x1b[2Jevil\r\x9b31m\nline"
	if err := term.Print(Span{evil, Bad}); err != nil {
		t.Fatal(err)
	}
	term.Block(Spans{P(evil)})
	term.Prose(evil)
	if got := e.screen(); strings.Count(got, `\u001b[2Jevil\u000d\x9b31m`) != 3 {
		t.Errorf("%s", got)
	}
}

// A pipe, NO_COLOR and TERM=dumb get no sequences at all.
func TestAPipeGetsTextAlone(t *testing.T) {
	var b bytes.Buffer
	term := New(&b)
	term.Block(Spans{P("a bar")})
	term.Prose("Failed: x")
	if err := term.Print(Span{"bad", Bad}); err != nil || b.String() != "Failed: x\nbad\n" || term.Width() != 0 {
		t.Errorf("%v, width %d: %q", err, term.Width(), b.String())
	}
	t.Setenv("COLUMNS", "33")
	if term.Width() != 33 {
		t.Errorf("COLUMNS is not obeyed: %d", term.Width())
	}
}

func TestATableFits(t *testing.T) {
	table := NewTable(Column{Name: "ID"}, Column{Name: "TEXT", Flexible: true}, Column{Name: "N"}).Indent(1)
	table.Heading("Section\nof it")
	table.Row(P("a.long.identifier"), P("words that do not fit into one line"), P("12"))
	table.Row(P("b"), Span{"short", Good}, P(""))
	for width, want := range map[int]string{
		0: " ID                 TEXT                                 N\n\nSection; of it\n a.long.identifier  words that do not fit into one line  12\n b                  short\n",
		40: " ID                 TEXT              N\n\nSection; of it\n a.long.identifier  words that do     12\n                    not fit into one\n" +
			"                    line\n b                  short\n",
	} {
		var b bytes.Buffer
		term := New(&b)
		term.size = func() (int, int) { return width, 0 }
		if err := table.Print(term); err != nil || b.String() != want {
			t.Errorf("width %d: %v\n%s\nwant:\n%s", width, err, b.String(), want)
		}
	}
}

func TestProseIsBrokenBelowItsLabel(t *testing.T) {
	for _, c := range []struct {
		in, want string
		width    int
	}{
		{"  last seen: 500 after 10ms; and more", "  last seen: 500 after\n             10ms; and\n             more", 25},
		{"waits       the runbook requires a minute", "waits       the runbook\n            requires a\n            minute", 24},
		{"Passed (exit 0): all of them", "Passed (exit 0):\nall of them", 18},
		{"short", "short", 18},
	} {
		if got := strings.Join(fitted(c.in, c.width), "\n"); got != c.want {
			t.Errorf("%q:\n%s\nwant:\n%s", c.in, got, c.want)
		}
	}
}

func TestWrapAndClip(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{{"a b c", 3, "a b|c"}, {"abcdef gh", 4, "abcd|ef|gh"}, {"", 4, ""}, {"ä ö", 1, "ä|ö"}, {"a  b", 0, "a b"}} {
		if got := strings.Join(Wrap(c.in, c.width), "|"); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.in, c.width, got, c.want)
		}
	}
	for in, want := range map[string]string{"abcdef": "a...", "abcd": "abcd"} {
		if got := Clip(in, 4); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
