package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var member = regexp.MustCompile(`\b([a-z][a-z0-9]*(?:-[a-z0-9]+)*-)(\d)\b`)

var outputOfAnother = rule.Rule{
	ID: "output-of-another", Title: "an output is that of its command", Severity: lint.Warning,
	Why: "the command is run against another cluster than the one that the text is about, or against none",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			name := askedMember(c)
			if name == "" {
				continue
			}
			if other := otherMembers(in, c.Statement, name); other != "" {
				report(rule.At(c, fmt.Sprintf("the command asks %s, and the output is that of %s", name, other), "name the member whose output is printed"))
			}
		}
	},
}

// askedMember is the member of a cluster that a command runs in, or empty.
func askedMember(c *script.Call) string {
	if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "exec" || len(c.Via) > 0 {
		return ""
	}
	name := strings.TrimPrefix(c.Word(1), "pod/")
	if m := member.FindStringSubmatch(name); m == nil || m[0] != name {
		return ""
	}
	return name
}

// otherMembers are the members that the output of a command lists, where the
// one that was asked is none of them: all of one name, with the last word of
// the asked one.
func otherMembers(in *rule.Input, i int, name string) string {
	block := in.Statements[i].Block
	if block < 0 || block+1 >= len(in.Blocks) {
		return ""
	}
	next := in.Blocks[block+1]
	if next.Is == document.Shell || next.Line-in.Blocks[block].Line > 12 || len(next.Text) > 8<<10 {
		return ""
	}
	base := member.FindStringSubmatch(name)[1]
	found := map[string]bool{}
	other := ""
	for _, m := range member.FindAllStringSubmatch(next.Text, 40) {
		if m[1] == base {
			return ""
		}
		if tail(m[1]) == tail(base) {
			found[m[0]], other = true, m[1]
		}
	}
	if len(found) < 2 {
		return ""
	}
	for f := range found {
		if !strings.HasPrefix(f, other) {
			return ""
		}
	}
	return strings.TrimSuffix(other, "-")
}

// tail is the last word of a name with hyphens.
func tail(base string) string {
	base = strings.TrimSuffix(base, "-")
	return base[strings.LastIndexByte(base, '-')+1:]
}
