package script

import "strings"

// Pattern is the pattern of a grep.
func (c *Call) Pattern() (Word, bool) {
	if w, ok := c.Value("-e", "--regexp"); ok {
		return w, true
	}
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case a.Text == "--":
			if i+1 < len(c.Args) {
				return c.Args[i+1], true
			}
			return Word{}, false
		case strings.HasPrefix(a.Text, "-") && len(a.Text) > 1 && !a.Quoted:
			if last := a.Text[len(a.Text)-1]; !strings.HasPrefix(a.Text, "--") && strings.ContainsRune("ABCmdDf", rune(last)) {
				i++
			}
		default:
			return a, true
		}
	}
	return Word{}, false
}
