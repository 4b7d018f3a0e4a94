package script

import (
	"regexp"
	"strings"
)

// madeFile is a file that a command can make; a system's own files are there.
var madeFile = regexp.MustCompile(`^(?:\./|/tmp/|~/|/backups?/)?[\w.-]+\.(?:sql|dump|json|ya?ml|txt|log|csv|gz|tar|tgz|rdb|pprof|hprof|heapsnapshot|pcap|bak|out)$`)

// Makes are the files that a command writes.
func (c *Call) Makes() []string {
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

// Takes are the files that a command reads.
func (c *Call) Takes() []string {
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
