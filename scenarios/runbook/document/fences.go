package document

import "strings"

// fenced is a fence inside an indented block, with its label.
type fenced struct {
	code  *code
	label string
}

// fences are the fences of an indented block: what stands indented in a tab,
// an admonition or a component is code to Markdown, and text to its renderer.
func (c *code) fences() []fenced {
	var list []fenced
	for i := 0; i < len(c.start); i++ {
		mark, says := fenceOf(c.line(i))
		if mark == "" {
			continue
		}
		depth := indent(c.line(i))
		f := fenced{label: says, code: &code{w: c.w}}
		var b strings.Builder
		for i++; i < len(c.start); i++ {
			line := c.line(i)
			if end, more := fenceOf(line); strings.HasPrefix(end, mark) && more == "" {
				break
			}
			cut := min(depth, indent(line))
			f.code.at = append(f.code.at, c.at[i]+cut)
			f.code.start = append(f.code.start, b.Len())
			b.WriteString(line[cut:] + "\n")
		}
		f.code.text = b.String()
		list = append(list, f)
	}
	return list
}

// fenceOf is the mark of a fence and what stands behind it.
func fenceOf(line string) (mark, says string) {
	t := strings.TrimSpace(line)
	for _, c := range []string{"`", "~"} {
		n := len(t) - len(strings.TrimLeft(t, c))
		if n >= 3 {
			rest := strings.TrimSpace(t[n:])
			if c == "`" && strings.Contains(rest, "`") {
				return "", ""
			}
			return t[:n], firstField(rest)
		}
	}
	return "", ""
}

func firstField(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}
