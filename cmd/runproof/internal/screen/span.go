package screen

import "unicode/utf8"

// Style is how a text looks on a terminal that has colours.
type Style int

// The styles.
const (
	Plain Style = iota
	Bold
	Faint
	Good
	Bad
	Doubtful
)

// codes are the escape sequences of the styles (ECMA-48, SGR), in the eight colours
// that every terminal has.
var codes = map[Style]string{
	Bold: "\x1b[1m", Faint: "\x1b[2m", Good: "\x1b[32m", Bad: "\x1b[31m", Doubtful: "\x1b[33m",
}

// Span is a text in one style.
type Span struct {
	Text  string
	Style Style
}

// Spans are what stands in one line.
type Spans []Span

// P is a text in no style.
func P(text string) Span { return Span{Text: text} }

// clip shortens a line to so many characters; zero or less leaves it as it is.
func clip(l Spans, width int) Spans {
	if width <= 0 {
		return l
	}
	var short Spans
	for _, s := range l {
		n := utf8.RuneCountInString(s.Text)
		if n > width {
			s.Text = Clip(s.Text, width)
			return append(short, s)
		}
		width -= n
		short = append(short, s)
	}
	return short
}

// Clip shortens a text to so many characters; what was left out shows as three dots.
func Clip(text string, width int) string {
	runes := []rune(text)
	switch {
	case len(runes) <= width:
		return text
	case width <= len(dots):
		return string(runes[:max(width, 0)])
	}
	return string(runes[:width-len(dots)]) + dots
}

const dots = "..."
