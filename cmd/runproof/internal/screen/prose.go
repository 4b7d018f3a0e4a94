package screen

import (
	"strings"
	"unicode/utf8"
)

// verdicts are the words that are shown in a colour of their own.
var verdicts = map[string]Style{
	"Passed": Good, "Failed": Bad, "Broken": Doubtful, "Inconclusive": Doubtful, "Unsupported": Doubtful, "Unknown": Doubtful, "Undecided": Doubtful,
	"TRUE": Good, "FALSE": Bad, "HAZARD": Doubtful, "STALE": Doubtful, "FLAKY": Doubtful, "MISSING": Bad,
}

// Prose prints lines that are made elsewhere: each within the width of the terminal,
// further lines under the first one's text, and verdicts in their colours. Text that
// looks like a table, with several blanks in a row, keeps them.
func (t *Terminal) Prose(text string) {
	for line := range strings.Lines(text) {
		for _, l := range fitted(strings.TrimSuffix(line, "\n"), t.Width()) {
			_ = t.Print(coloured(l)...) // a terminal that is gone is noticed by what matters
		}
	}
}

// fitted breaks a line that is too long, at blanks. What follows stands below the text
// behind the first gap: "  last seen: 500" goes on below "500".
func fitted(line string, width int) []string {
	if width <= 0 || utf8.RuneCountInString(line) <= width {
		return []string{line}
	}
	head := len(line) - len(strings.TrimLeft(line, " "))
	if i := strings.Index(line[head:], "  "); i > 0 && head+i < maxHead {
		head += i
	} else if i := strings.Index(line[head:], ": "); head > 0 && i > 0 && head+i < maxHead {
		head += i + 1
	}
	head += len(line[head:]) - len(strings.TrimLeft(line[head:], " "))
	var lines []string
	for i, text := range Wrap(line[head:], max(width-head, least)) {
		if i == 0 {
			lines = append(lines, line[:head]+text)
			continue
		}
		lines = append(lines, strings.Repeat(" ", head)+text)
	}
	return lines
}

// maxHead is the longest label in front of a text, in characters.
const maxHead = 24

// coloured is a line with its verdicts in colours.
func coloured(line string) []Span {
	var spans []Span
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
	plain := 0
	for i := 0; i < len(line); {
		end := i
		for end < len(line) && letter(rune(line[end])) {
			end++
		}
		if style, ok := verdicts[line[i:end]]; ok {
			spans = append(spans, P(line[plain:i]), Span{line[i:end], style})
			plain = end
		}
		i = max(end, i+1)
	}
	return append(spans, P(line[plain:]))
}
