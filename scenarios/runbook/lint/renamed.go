package lint

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// setting is a line of a server's configuration that the document prints.
type setting struct {
	words []string
	line  int
}

// settingsOf are the lines of configuration of a document.
func settingsOf(d *document.Document, name string) []setting {
	var list []setting
	for _, p := range d.Pieces {
		if p.Kind != blocks.Config && p.Kind != blocks.YAML && p.Kind != blocks.Output {
			continue
		}
		for i, l := range strings.Split(p.Text, "\n") {
			if words := strings.Fields(l); len(words) > 1 && words[0] == name {
				list = append(list, setting{words, p.Line + i})
			}
		}
	}
	return list
}

// typed is a command of Redis, and the line it stands in.
type typed struct {
	words []string
	line  int
	// opened says that it is typed in a session that was opened before.
	opened bool
	// authenticated says that a password goes with it.
	authenticated bool
}

// redisTyped are all commands of Redis that a document has: arguments of
// redis-cli, and lines at its prompt.
func redisTyped(in Input) []typed {
	var list []typed
	for _, c := range in.Commands() {
		for _, call := range c.Calls {
			if call.Program != "redis-cli" {
				continue
			}
			one := typed{words: redisWords(call.Args), line: c.Line + call.Line, authenticated: call.Has("-a", "--pass", "--askpass", "--user", "-u") || strings.Contains(strings.Join(call.Assigns, " "), "REDISCLI_AUTH")}
			list = append(list, one)
		}
	}
	for _, s := range in.Document.Statements {
		if s.Kind == document.Console && s.Language == "redis" {
			list = append(list, typed{words: strings.Fields(s.Text), line: s.Line, opened: true})
		}
	}
	return list
}

// redisWords are the arguments of redis-cli behind its options.
func redisWords(args []string) []string {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "-h" || a == "-p" || a == "-n" || a == "-a" || a == "-u" || a == "-s" || a == "--user" || a == "--pass" || a == "-r" || a == "-i":
			i++
		case strings.HasPrefix(a, "-"):
		default:
			return args[i:]
		}
	}
	return nil
}

var renamedCommand = Rule{
	ID: "renamed-command", Title: "commands that are used are there", Severity: Error,
	Why: "the server answers \"unknown command\" when it is needed",
	Find: func(in Input, report func(Finding)) {
		renamed := map[string]int{}
		for _, s := range settingsOf(in.Document, "rename-command") {
			renamed[strings.ToUpper(s.words[1])] = s.line
		}
		if len(renamed) == 0 {
			return
		}
		for _, t := range redisTyped(in) {
			if len(t.words) == 0 {
				continue
			}
			name := strings.ToUpper(t.words[0])
			if line := renamed[name]; line > 0 {
				report(Finding{Line: t.line, Column: 1, Text: fmt.Sprintf("%s is used here, and line %d renames it away", name, line), Proposal: "use what the configuration leaves, such as UNLINK of keys found by SCAN, or do not rename it"})
			}
		}
	},
}

var password = Rule{
	ID: "password", Title: "a password that is demanded is given", Severity: Warning,
	Why: "the server answers NOAUTH to every command",
	Find: func(in Input, report func(Finding)) {
		demanded := append(settingsOf(in.Document, "requirepass"), settingsOf(in.Document, "requirepass:")...)
		if len(demanded) == 0 || authentication.Match(in.Document.Source) {
			return
		}
		var lines []int
		for _, t := range redisTyped(in) {
			if t.authenticated || t.opened && len(t.words) > 0 && strings.EqualFold(t.words[0], "AUTH") {
				return
			}
			lines = append(lines, t.line)
		}
		if len(lines) == 0 {
			return
		}
		report(Finding{Line: lines[0], Column: 1, Others: lines[1:], Text: fmt.Sprintf("line %d demands a password, and no redis-cli of the runbook gives one", demanded[0].line), Proposal: "export REDISCLI_AUTH once, from where the password is kept"})
	},
}

var authentication = regexp.MustCompile(`REDISCLI_AUTH|--askpass`)
