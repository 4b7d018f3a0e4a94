package sqlcheck

import (
	"strings"
	"unicode"
)

// token is a word, a mark or something in quotes.
type token struct {
	text   string
	quoted bool
	at     int // its offset
}

func (t token) upper() string {
	if t.quoted {
		return ""
	}
	return strings.ToUpper(t.text)
}

// marks are operators of more than one character, longer ones first.
var marks = []string{"!~*", "#>>", "->>", "!~", "=>", ":=", "#>", "<<", ">>", "~~", "?|", "?&", "<=", ">=", "<>", "!=", "||", "::", "->", "@>", "<@", "~*"}

// lex takes a text apart; comments are dropped.
func lex(text string) (list []token, problem string, at int) {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case unicode.IsSpace(rune(c)):
			i++
		case strings.HasPrefix(text[i:], "--"):
			end := strings.IndexByte(text[i:], '\n')
			if end < 0 {
				return list, "", 0
			}
			i += end
		case strings.HasPrefix(text[i:], "/*"):
			end := strings.Index(text[i:], "*/")
			if end < 0 {
				return list, "a comment is never closed", i
			}
			i += end + 2
		case c == '\'' || c == '"':
			end := closing(text, i+1, c)
			if end < 0 {
				return list, "a quotation is never closed", i
			}
			list = append(list, token{text[i : end+1], true, i})
			i = end + 1
		case c == '$' && dollar(text[i:]) != "":
			tag := dollar(text[i:])
			end := strings.Index(text[i+len(tag):], tag)
			if end < 0 {
				return list, "a quotation is never closed", i
			}
			list = append(list, token{tag, true, i})
			i += end + 2*len(tag)
		default:
			length := word(text[i:])
			list = append(list, token{text[i : i+length], false, i})
			i += length
		}
	}
	return list, "", 0
}

// closing finds the end of a quotation; a doubled mark stands for itself.
func closing(text string, from int, mark byte) int {
	for i := from; i < len(text); i++ {
		if text[i] != mark {
			continue
		}
		if i+1 < len(text) && text[i+1] == mark {
			i++
			continue
		}
		return i
	}
	return -1
}

// dollar is the mark of a dollar quotation: $$ or $tag$.
func dollar(text string) string {
	end := strings.IndexByte(text[1:], '$')
	if end < 0 {
		return ""
	}
	for _, r := range text[1 : 1+end] {
		if !unicode.IsLetter(r) && r != '_' {
			return ""
		}
	}
	return text[:end+2]
}

// word is the length of the word or mark at the beginning of a text.
func word(text string) int {
	for _, m := range marks {
		if strings.HasPrefix(text, m) {
			return len(m)
		}
	}
	n := 0
	for n < len(text) {
		c := text[n]
		if c == '_' || c == '.' || c == '$' || c == '\\' || c == '{' || c == '}' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			n++
			continue
		}
		break
	}
	return max(n, 1)
}
