package document

import "strings"

// sql makes a statement of every query of an SQL block.
func (c *code) sql(text string, base int, language string) {
	begin := 0
	for _, end := range append(SemicolonsOf(text), len(text)) {
		query := text[begin:end]
		lead := len(query) - len(strings.TrimLeft(query, " \t\n"))
		for {
			// A comment in front of a query is its purpose, not a part of it.
			rest := query[lead:]
			if !strings.HasPrefix(rest, "--") {
				break
			}
			line, _, _ := strings.Cut(rest, "\n")
			if text := strings.TrimSpace(strings.TrimLeft(line, "-")); text != "" {
				c.add(Statement{Kind: Comment, Text: unnumbered(text), Of: -1}, base+begin+lead)
			}
			lead += len(line)
			lead += len(query[lead:]) - len(strings.TrimLeft(query[lead:], " \t\n"))
		}
		if text := strings.TrimSpace(query[lead:]); text != "" && text != ";" {
			c.add(Statement{Kind: Query, Text: text, Language: language, Of: -1}, base+begin+lead)
		}
		begin = end
	}
}

// SemicolonsOf finds the ends of all statements but an unfinished last one:
// the offsets behind semicolons outside of quotes and comments.
func SemicolonsOf(text string) []int {
	var ends []int
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == ';':
			ends = append(ends, i+1)
		case text[i] == '\'' || text[i] == '"':
			closing := strings.IndexByte(text[i+1:], text[i])
			if closing < 0 {
				return ends
			}
			i += closing + 1
		case strings.HasPrefix(text[i:], "--"):
			newline := strings.IndexByte(text[i:], '\n')
			if newline < 0 {
				return ends
			}
			i += newline
		}
	}
	return ends
}
