package lint

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// scopes are the options by which a program is told where to look.
var scopes = map[string][]string{
	"kubectl":   {"-n"},
	"helm":      {"-n"},
	"psql":      {"-h", "-U", "-d"},
	"redis-cli": {"-h"},
}

// unscoped are words of commands that look nowhere in particular.
var unscoped = map[string]bool{
	"-A": true, "--all-namespaces": true, "nodes": true, "node": true, "config": true, "version": true, "cluster-info": true,
	"namespaces": true, "namespace": true, "ns": true, "--help": true, "repo": true, "pv": true,
}

var commandScope = Rule{
	ID: "command-scope", Title: "every command says where", Severity: Warning,
	Why: "without it the command meets what the shell happens to point at: another namespace, another server, or none",
	Find: func(in Input, report func(Finding)) {
		used := map[string]map[string]string{} // program, option, value
		each(in.Document, func(_ document.Statement, program string, tokens []string) {
			for _, option := range scopes[program] {
				if value, found := after(tokens, option); found {
					if used[program] == nil {
						used[program] = map[string]string{}
					}
					if used[program][option] == "" {
						used[program][option] = value
					}
				}
			}
		})
		each(in.Document, func(s document.Statement, program string, tokens []string) {
			var missing []string
			for _, option := range scopes[program] {
				if _, found := after(tokens, option); !found && used[program][option] != "" {
					missing = append(missing, option+" "+used[program][option])
				}
			}
			if len(missing) == 0 || elsewhere(tokens) {
				return
			}
			f := at(s, fmt.Sprintf("%s is told %s elsewhere in this runbook, and not here", program, strings.Join(missing, " ")),
				fmt.Sprintf("add %s", strings.Join(missing, " ")))
			first, _, _ := strings.Cut(s.Text, "\n")
			if rest, begins := strings.CutPrefix(first, program+" "); begins {
				f = f.withFix(s.Line, first, program+" "+strings.Join(missing, " ")+" "+rest)
			}
			report(f)
		})
	},
}

// each visits the commands of programs that can be told where to look.
func each(d *document.Document, visit func(document.Statement, string, []string)) {
	for _, s := range d.Statements {
		if s.Kind != document.Command {
			continue
		}
		tokens := binding.Tokens(s.Text)
		if len(tokens) > 0 && scopes[tokens[0]] != nil {
			if end := index(tokens, "|"); end > 0 {
				tokens = tokens[:end]
			}
			visit(s, tokens[0], tokens)
		}
	}
}

func after(tokens []string, option string) (string, bool) {
	if i := index(tokens, option); i >= 0 {
		if i+1 < len(tokens) {
			return tokens[i+1], true
		}
		return "", true
	}
	return "", false
}

func index(tokens []string, token string) int {
	for i, t := range tokens {
		if t == token {
			return i
		}
	}
	return -1
}

// elsewhere tells whether a command is about no place, or names it in full.
func elsewhere(tokens []string) bool {
	for i, t := range tokens {
		if unscoped[t] || strings.Contains(t, "://") || i > 0 && strings.HasPrefix(t, "$") && strings.HasSuffix(t, "URL") {
			return true
		}
	}
	return false
}
