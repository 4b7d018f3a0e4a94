// Package screen makes text fit for a terminal. A line of progress or an error
// may quote what a target said, and a terminal obeys what it is sent.
package screen

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineLimit bounds a line that quotes a target, in runes.
const lineLimit = 1000

// Text is s with everything visible that a terminal would act upon, but for line
// breaks and tabs: control characters (C0, C1), those that turn the direction of
// writing or cannot be seen, and bytes that are no UTF-8. What it writes in their
// place is what JSON and YAML mean by the same, where they have it.
func Text(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n', r == '\t', r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			b.WriteRune(r)
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029', r == '\ufeff':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// Line is s as one line of bearable length; what is left out is counted.
func Line(s string) string {
	s = oneLine(s)
	runes := []rune(s)
	if len(runes) <= lineLimit {
		return s
	}
	return fmt.Sprintf("%s… (%d more)", string(runes[:lineLimit]), len(runes)-lineLimit)
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
