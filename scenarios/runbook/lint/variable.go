package lint

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// ambient are variables that every shell has.
var ambient = regexp.MustCompile(`^(?:HOME|PATH|PWD|OLDPWD|USER|SHELL|TERM|LANG|LC_\w+|HOSTNAME|TMPDIR|EDITOR|RANDOM|SECONDS|UID|EUID|IFS|PPID|LINENO|BASH\w*|KUBECONFIG|PG[A-Z]+|\d+|[@*#?!$_-])$`)

var variable = Rule{
	ID: "variable", Title: "variables are explained", Severity: Warning,
	Why: "with an empty variable the command asks something else, or fails; the shell does not say which",
	Find: func(in Input, report func(Finding)) {
		used := map[string]document.Statement{}
		set := map[string]bool{}
		for _, s := range in.Document.Statements {
			if s.Kind == document.Command {
				variables(s.Text, func(name string, sets bool) {
					if _, seen := used[name]; !seen && !sets {
						used[name] = s
					}
					set[name] = set[name] || sets
				})
				continue
			}
			for name := range named(s.Text) {
				set[name] = true
			}
		}
		var names []string
		for name := range used {
			if !set[name] && !ambient.MatchString(name) {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		for _, name := range names {
			report(at(used[name], fmt.Sprintf("$%s is used, and nothing in the runbook says what it is", name),
				fmt.Sprintf("say where %s comes from, or set it before it is used", name)))
		}
	},
}

// named are the words of a text that could be names of variables.
func named(text string) map[string]bool {
	list := map[string]bool{}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) {
		list[w] = true
	}
	return list
}

// variables calls visit for every variable that a command uses or sets.
func variables(command string, visit func(name string, sets bool)) {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(command), "")
	if err != nil {
		return
	}
	syntax.Walk(file, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.ParamExp:
			// An expansion with a default explains itself.
			if n.Param != nil && n.Exp == nil {
				visit(n.Param.Value, false)
			}
		case *syntax.Assign:
			if n.Name != nil {
				visit(n.Name.Value, true)
			}
		case *syntax.WordIter:
			visit(n.Name.Value, true)
		case *syntax.CallExpr:
			if len(n.Args) > 1 && n.Args[0].Lit() == "read" {
				for _, a := range n.Args[1:] {
					visit(a.Lit(), true)
				}
			}
		}
		return true
	})
}
