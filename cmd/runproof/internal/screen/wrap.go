package screen

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks text into lines of at most so many characters, at blanks; a word that is
// longer is broken where the line ends. Zero or less leaves it in one line. There is
// always one line, if an empty one.
func Wrap(text string, width int) []string {
	words := strings.Fields(text)
	if width <= 0 {
		return []string{strings.Join(words, " ")}
	}
	var lines []string
	at, used := "", 0
	for _, word := range words {
		for {
			n := utf8.RuneCountInString(word)
			if used == 0 && n > width {
				runes := []rune(word)
				lines = append(lines, string(runes[:width]))
				word = string(runes[width:])
				continue
			}
			if used > 0 && used+1+n > width {
				lines = append(lines, at)
				at, used = "", 0
				continue
			}
			if used > 0 {
				at, used = at+" ", used+1
			}
			at, used = at+word, used+n
			break
		}
	}
	if used > 0 || len(lines) == 0 {
		lines = append(lines, at)
	}
	return lines
}
