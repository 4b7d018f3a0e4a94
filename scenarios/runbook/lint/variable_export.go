package lint

import (
	"fmt"
	"regexp"
	"strings"
)

// unexported finds what is set for the program in the next line, which does
// not see it: a variable of the shell is no part of the environment until it
// is exported.
func (v *variables) unexported(report func(Finding)) {
	for _, name := range sortedNames(v.sets) {
		if !environment.MatchString(name) || len(v.uses[name]) > 0 {
			continue
		}
		var lines []int
		var first *use
		exported := false
		for _, u := range v.sets[name] {
			if !u.alone {
				exported = exported || strings.HasPrefix(strings.TrimSpace(u.command.Text), "export") || strings.HasPrefix(strings.TrimSpace(u.command.Text), "declare -x")
				continue
			}
			if v.listed(u.command.Block) {
				continue // the lines of a file, or values for later steps
			}
			if first == nil {
				first = &u
			}
			lines = append(lines, u.line)
		}
		if first == nil || exported {
			continue
		}
		f := first.command.at(v.in, fmt.Sprintf("%s is set and not exported: the program in the next line does not see it", name), "write export in front of it, or the command behind it in the same line")
		f.Line, f.Others = first.line, lines[1:]
		f.Why = "the command runs without what was just set"
		f.Severity = Error
		report(f)
	}
}

// listed tells whether a block sets variables, and runs nothing.
func (v *variables) listed(block int) bool {
	if block < 0 {
		return false
	}
	for l := range strings.Lines(v.in.Document.Blocks[block].Text) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") && !settingLine.MatchString(l) {
			return false
		}
	}
	return true
}

var settingLine = regexp.MustCompile(`^[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s*(?:#.*)?$`)
