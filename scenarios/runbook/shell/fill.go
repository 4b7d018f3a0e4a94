package shell

import (
	"regexp"
	"strings"
)

// fillIn is what a reader replaces: <pod-name>, <your token>, {{ host }}.
var fillIn = regexp.MustCompile(`<[A-Za-z_][\w .:/@|,'\x60-]*[\w.\x60]>|<[A-Za-z]>|\{\{[^{}\n]*\}\}`)

// Filled is a command in which every place to fill in is a word of the same
// length, so that it parses and offsets stay.
func Filled(text string) string {
	if !strings.Contains(text, "<") && !strings.Contains(text, "{{") {
		return text
	}
	return fillIn.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("x", len(s)) })
}

// deepest bounds brackets, and words that open a block, in one another: the
// time that parsing takes grows with the square of their number.
const deepest = 100

// Parsable tells whether a text can be parsed in a time that grows with its
// length.
func Parsable(text string) bool {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '(', '{', '`':
			if depth++; depth > deepest {
				return len(text) < small
			}
		case ')', '}', '\n':
			depth = max(depth-1, 0)
		}
	}
	return true
}

// small bounds a text, in bytes, that takes no time however it is nested.
const small = 1000
