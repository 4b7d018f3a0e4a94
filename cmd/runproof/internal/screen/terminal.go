package screen

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/term"
)

// Terminal is an output of the program: a person's terminal, or a pipe or a file. It
// passes everything on in a form that moves no cursor, sets no title and turns no
// writing around, as [Text] does. Only its own styles and its own block of lines
// reach the terminal as they are.
type Terminal struct {
	size   func() (columns, rows int) // zero: nobody limits them
	colour bool
	live   bool

	mu    sync.Mutex
	to    io.Writer
	rest  []byte  // the beginning of a character whose end is still to come
	begun bool    // a line that has no end yet
	block []Spans // what stands below everything else
	drawn int     // lines of it that are on the screen
}

// New makes an output of w. Of a file that is a terminal it takes the size and, unless
// NO_COLOR or TERM=dumb forbid it, colours. COLUMNS overrules the width, and gives one
// to a pipe.
func New(w io.Writer) *Terminal {
	t := &Terminal{to: w, size: func() (int, int) { return columns(), 0 }}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return t
	}
	t.size = func() (int, int) {
		width, height, err := term.GetSize(int(file.Fd()))
		if err != nil {
			width, height = 0, 0
		}
		if width == 0 {
			width, height = 80, 24 // what a terminal has that does not tell
		}
		if n := columns(); n > 0 {
			width = n
		}
		return width, height
	}
	t.live = os.Getenv("TERM") != "dumb"
	t.colour = t.live && os.Getenv("NO_COLOR") == ""
	return t
}

// Of is the output that w is, or a new one around it.
func Of(w io.Writer) *Terminal {
	if t, ok := w.(*Terminal); ok {
		return t
	}
	return New(w)
}

// columns is the width that the environment asks for; zero: none.
func columns() int {
	n, err := strconv.Atoi(os.Getenv("COLUMNS"))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// Width is how many columns a line may have; zero: as many as it needs.
func (t *Terminal) Width() int {
	columns, _ := t.size()
	return columns
}

// Live tells whether lines can be drawn anew.
func (t *Terminal) Live() bool { return t.live }

// Write implements io.Writer.
func (t *Terminal) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := slices.Concat(t.rest, p)
	end := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if tail := text[len(text)-back:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) || tail[0] == '\r' { // a line break in two parts
				end -= back
			}
			break
		}
	}
	t.rest = append([]byte(nil), text[end:]...)
	if err := t.show(Text(string(text[:end]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Print writes one line.
func (t *Terminal) Print(spans ...Span) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.show(t.paint(spans) + "\n")
}

// Block replaces the lines that stand below everything else; none removes them. Where
// nothing can be drawn anew nothing is drawn.
func (t *Terminal) Block(lines ...Spans) {
	if !t.live {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if slices.EqualFunc(lines, t.block, slices.Equal) && t.drawn > 0 {
		return
	}
	t.block = lines
	_ = t.show("") // a terminal that is gone is noticed by what matters
}

// show writes text that is fit, above the block.
func (t *Terminal) show(text string) error {
	var b bytes.Buffer
	if t.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA\r\x1b[J", t.drawn) // up, to the first column, clear what is below
		t.drawn = 0
	}
	b.WriteString(text)
	if text != "" {
		t.begun = !strings.HasSuffix(text, "\n")
	}
	if !t.begun { // below a line that goes on there is no place
		width, height := t.size()
		for _, l := range t.block {
			if height > 0 && t.drawn >= height-1 {
				break
			}
			b.WriteString(t.paint(clip(l, width-1)) + "\n")
			t.drawn++
		}
	}
	if b.Len() == 0 {
		return nil
	}
	_, err := t.to.Write(b.Bytes())
	return err
}

// paint is a line as it is written.
func (t *Terminal) paint(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		text := strings.ReplaceAll(oneLine(Text(s.Text)), "\t", " ")
		if code, ok := codes[s.Style]; ok && t.colour && text != "" {
			text = code + text + "\x1b[0m"
		}
		b.WriteString(text)
	}
	return b.String()
}
