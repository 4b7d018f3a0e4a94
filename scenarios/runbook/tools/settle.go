package tools

import (
	"fmt"
	"slices"
	"strings"
)

// settle judges a call as a whole: options that exclude each other, and what
// the command cannot do without. Each was seen to be refused by the program.
func (c *check) settle() {
	if len(c.problems) > 0 {
		return
	}
	for _, rule := range settled {
		if rule.command == c.name() {
			rule.judge(c)
		}
	}
}

func (c *check) has(names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(c.given, n) })
}

func (c *check) refuse(text, proposal string) { c.report(Problem{Text: text, Proposal: proposal}) }

var settled = []struct {
	command string
	judge   func(*check)
}{
	{"kubectl exec", func(c *check) {
		// Since 1.31; older versions warned.
		if !slices.ContainsFunc(c.words, func(w Word) bool { return w.Text == "--" }) && len(c.args) > 1 && !c.has("-f", "--filename") {
			c.refuse("kubectl exec needs -- in front of the command since version 1.31", fmt.Sprintf("write: %s -- %s", c.args[0].Text, join(c.args[1:])))
		}
	}},
	{"kubectl logs", func(c *check) {
		if c.has("-l", "--selector") && len(c.args) > 0 {
			c.refuse("kubectl logs takes either a label or the name of a pod", "leave one of them out")
		}
		if c.has("--since") && c.has("--since-time") {
			c.refuse("kubectl logs takes either --since or --since-time", "leave one of them out")
		}
		if len(c.args) == 0 && !c.has("-l", "--selector", "-f", "--filename", "--follow", "-h", "--help") && !c.more {
			c.refuse("kubectl logs is told neither a pod nor a label", "name the pod, or write -l with its label")
		}
	}},
	{"kubectl scale", func(c *check) {
		if !c.has("--replicas", "-h", "--help") && !c.more {
			c.refuse("kubectl scale needs --replicas", "write the number of replicas")
		}
	}},
	{"kubectl get", func(c *check) {
		if c.has("-A", "--all-namespaces") && len(c.args) > 1 && !c.args[0].Open {
			c.refuse("kubectl get finds no object by name across all namespaces", "name the namespace, or leave the name out")
		}
	}},
	{"kubectl delete", func(c *check) {
		if c.has("-l", "--selector") && len(c.args) > 1 {
			c.refuse("kubectl delete takes either a label or a name", "leave one of them out")
		}
	}},
	{"pg_dump", func(c *check) {
		if c.has("-a", "--data-only") && c.has("-s", "--schema-only") {
			c.refuse("pg_dump takes either --data-only or --schema-only", "leave one of them out")
		}
		format := ""
		for i, w := range c.words {
			switch {
			case w.Text == "-F" || w.Text == "--format":
				if i+1 < len(c.words) {
					format = c.words[i+1].Text
				}
			case strings.HasPrefix(w.Text, "-F"), strings.HasPrefix(w.Text, "--format="):
				format = strings.TrimPrefix(strings.TrimPrefix(w.Text, "-F"), "--format=")
			}
		}
		directory := strings.HasPrefix(format, "d")
		if c.has("-j", "--jobs") && !directory {
			c.refuse("pg_dump works in parallel in the directory format only", "add -Fd, or leave -j out")
		}
		if directory && !c.has("-f", "--file") {
			c.refuse("pg_dump needs --file in the directory format", "add -f with the directory")
		}
	}},
	{"pg_restore", func(c *check) {
		if c.has("-1", "--single-transaction") && c.has("-j", "--jobs") {
			c.refuse("pg_restore takes either --single-transaction or --jobs", "leave one of them out")
		}
	}},
	{"curl", func(c *check) {
		if c.has("-I", "--head") && c.has("-d", "--data", "--data-raw", "--data-binary", "--json", "-F", "--form") {
			c.refuse("curl takes either -I or a body: both choose a method", "leave -I out, or use -i to see the head of the answer")
		}
	}},
}

func init() {
	for _, verb := range []string{"start", "stop", "restart", "reload", "enable", "disable", "mask", "unmask", "is-active", "is-enabled", "try-restart"} {
		settled = append(settled, struct {
			command string
			judge   func(*check)
		}{"systemctl " + verb, func(c *check) {
			if len(c.args) == 0 && !c.more && !c.has("--all", "-a", "-h", "--help", "--marked", "--failed", "--state") {
				c.refuse(fmt.Sprintf("systemctl %s is told no unit", verb), "name the unit")
			}
		}})
	}
}

func join(words []Word) string {
	var list []string
	for _, w := range words {
		list = append(list, w.Text)
	}
	return strings.Join(list, " ")
}
