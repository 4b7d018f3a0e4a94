package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// made is a file that a command can make; a system's own files are there.
var madeFile = regexp.MustCompile(`^(?:\./|/tmp/|~/|/backups?/)?[\w.-]+\.(?:sql|dump|json|ya?ml|txt|log|csv|gz|tar|tgz|rdb|pprof|hprof|heapsnapshot|pcap|bak|out)$`)

var stepOrder = rule{
	id: "step-order", title: "steps use what earlier steps made", severity: lint.Error,
	why: "whoever follows the order uses a file that is not there yet",
	find: func(in *input, report func(finding)) {
		type use struct {
			call *script.Call
			file string
		}
		var uses []use
		made := map[string]int{} // file, statement that makes it first
		for _, c := range in.Script.Calls {
			for _, f := range makes(c) {
				if _, ok := made[f]; !ok {
					made[f] = c.Statement
				}
			}
			for _, f := range takes(c) {
				uses = append(uses, use{c, f})
			}
		}
		for _, u := range uses {
			first, ok := made[u.file]
			if ok && first > u.call.Statement && in.sameTopic(u.call.Statement, first) {
				report(at(u.call, fmt.Sprintf("%s is used here and made in line %d, below", u.file, in.Statements[first].Line), "put the step that makes it first"))
			}
		}
	},
}

// sameTopic tells whether two statements stand in one section.
func (in *input) sameTopic(a, b int) bool {
	return sameSection(in.Statements[a], in.Statements[b])
}

// makes are the files that a command writes.
func makes(c *script.Call) []string {
	var list []string
	for _, r := range c.Redirects {
		if f, ok := strings.CutPrefix(r, ">"); ok && madeFile.MatchString(f) {
			list = append(list, f)
		}
	}
	for _, option := range [][2]string{{"pg_dump", "-f"}, {"pg_dump", "--file"}, {"curl", "-o"}, {"redis-cli", "--rdb"}, {"mysqldump", "-r"}} {
		if c.Program == option[0] {
			if w, ok := c.Value(option[1]); ok && madeFile.MatchString(w.Text) {
				list = append(list, w.Text)
			}
		}
	}
	if c.Program == "cp" || c.Program == "mv" || c.Program == "tee" {
		if words := c.Words(); len(words) > 0 && madeFile.MatchString(words[len(words)-1].Text) {
			list = append(list, words[len(words)-1].Text)
		}
	}
	return list
}

// takes are the files that a command reads.
func takes(c *script.Call) []string {
	var list []string
	for _, r := range c.Redirects {
		if f, ok := strings.CutPrefix(r, "<"); ok && madeFile.MatchString(f) {
			list = append(list, f)
		}
	}
	switch c.Program {
	case "pg_restore", "cat", "jq", "head", "tail", "less", "gunzip", "zcat", "diff":
		for _, w := range c.Words() {
			if madeFile.MatchString(w.Text) {
				list = append(list, w.Text)
			}
		}
	case "psql", "kubectl":
		if w, ok := c.Value("-f", "--file", "--filename"); ok && madeFile.MatchString(w.Text) {
			list = append(list, w.Text)
		}
	}
	return list
}
