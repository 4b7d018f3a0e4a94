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
