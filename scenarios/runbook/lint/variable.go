package lint

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// ambient are variables that every shell has, or that its programs explain.
var ambient = regexp.MustCompile(`^(?:HOME|PATH|PWD|OLDPWD|USER|LOGNAME|SHELL|TERM|LANG|LC_\w+|HOSTNAME|TMPDIR|EDITOR|RANDOM|SECONDS|UID|EUID|IFS|PPID|LINENO|BASH\w*|KUBECONFIG|PG[A-Z]+|GOPATH|JAVA_HOME|REPLY|PIPESTATUS|FUNCNAME|OSTYPE|COLUMNS|XDG_\w+|SSH_\w+|\d+|[@*#?!$_-])$`)

// connection are variables that say where something is: whoever runs the
// service has them.
var connection = regexp.MustCompile(`(?i)(?:^|_)(?:HOST|HOSTNAME|PORT|USER|USERNAME|PASS|PASSWORD|PASSWD|DB|DATABASE|DB_NAME|NAME|URL|URI|ADDR|ADDRESS|ENDPOINT|TOKEN|SECRET|API_KEY|KEY|REGION|NAMESPACE|CLUSTER|ENV|ENVIRONMENT|ACCOUNT_ID|PROJECT|PROJECT_ID|BUCKET)$`)

var variable = Rule{
	ID: "variable", Title: "variables are explained", Severity: Warning,
	Why: "with an empty variable the command asks something else, or fails; the shell does not say which",
	Find: func(in Input, report func(Finding)) {
		v := variables{in: in, uses: map[string][]use{}, sets: map[string][]use{}}
		for n, c := range in.Commands() {
			v.read(n, c)
		}
		v.unexplained(report)
		v.unexported(report)
		v.elsewhere(report)
	},
}

// use is a place where a variable is used or set.
type use struct {
	command Command
	line    int
	// alone says that it is set by a command of its own, and not exported;
	// within is the double-quoted text for another machine that it stands in.
	alone  bool
	within string
}

type variables struct {
	in         Input
	uses, sets map[string][]use
	order      []string
}

func (v *variables) use(name string, u use) {
	if len(v.uses[name]) == 0 {
		v.order = append(v.order, name)
	}
	v.uses[name] = append(v.uses[name], u)
}

// remote tells whether a program runs a text somewhere else.
func remote(words []string) bool {
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "ssh":
		return true
	case "kubectl", "oc", "docker", "podman":
		for _, w := range words {
			if w == "exec" {
				return true
			}
		}
	}
	return false
}

// read notes the variables of a command.
func (v *variables) read(_ int, c Command) {
	if !strings.ContainsAny(c.Text, "$=") && !strings.Contains(c.Text, "read ") && !strings.Contains(c.Text, "for ") {
		return
	}
	file := shell.Parse(c.Text)
	if file == nil {
		return
	}
	v.walk(file, c, "")
}

func (v *variables) walk(root syntax.Node, c Command, within string) {
	syntax.Walk(root, func(node syntax.Node) bool {
		line := func(n syntax.Node) int { return c.Line + int(n.Pos().Line()) - 1 }
		switch n := node.(type) {
		case *syntax.ParamExp:
			// An expansion with a default explains itself.
			if n.Param != nil && n.Exp == nil {
				v.use(n.Param.Value, use{command: c, line: line(n), within: within})
			}
		case *syntax.DeclClause:
			for _, a := range n.Args {
				if a.Name != nil {
					v.sets[a.Name.Value] = append(v.sets[a.Name.Value], use{command: c, line: line(a)})
				}
			}
		case *syntax.WordIter:
			v.sets[n.Name.Value] = append(v.sets[n.Name.Value], use{command: c, line: line(n)})
		case *syntax.CallExpr:
			for _, a := range n.Assigns {
				if a.Name != nil {
					v.sets[a.Name.Value] = append(v.sets[a.Name.Value], use{command: c, line: line(a), alone: len(n.Args) == 0})
				}
			}
			if len(n.Args) > 1 && (n.Args[0].Lit() == "read" || n.Args[0].Lit() == "mapfile" || n.Args[0].Lit() == "readarray") {
				for _, a := range n.Args[1:] {
					v.sets[a.Lit()] = append(v.sets[a.Lit()], use{command: c, line: line(a)})
				}
			}
			if within == "" && len(n.Args) > 1 {
				var words []string
				for _, a := range n.Args {
					words = append(words, shell.Text(a))
				}
				if remote(words) {
					for _, a := range n.Args {
						text := ""
						if len(a.Parts) == 1 {
							if _, quoted := a.Parts[0].(*syntax.DblQuoted); quoted && strings.Contains(shell.Text(a), " ") {
								text = words[0]
							}
						}
						v.walk(a, c, text)
					}
					return false
				}
			}
		}
		return true
	})
}

// unexplained finds variables that nothing sets and no sentence names. Those
// that say where the service is are one finding, each other is one of its own.
func (v *variables) unexplained(report func(Finding)) {
	names, commented := v.mentioned()
	var kin []string
	var first use
	var lines []int
	groups := map[int]*group{}
	var order []*group
	for _, name := range v.order {
		if len(v.sets[name]) > 0 || ambient.MatchString(name) || names[name] || strings.HasPrefix(name, "_") {
			continue
		}
		u := v.uses[name][0]
		if line := commented[name]; line > 0 {
			f := u.command.at(v.in, fmt.Sprintf("$%s is set in a comment alone (line %d): the shell does not have it", name, line), "print the line that sets it as a command")
			f.Line, f.Severity = u.line, Info
			report(f)
			continue
		}
		if connection.MatchString(name) {
			if kin = append(kin, "$"+name); len(kin) == 1 {
				first = u
			}
			for _, u := range v.uses[name] {
				lines = append(lines, u.line)
			}
			continue
		}
		// Several of one command are one cause.
		key := u.command.Line
		g := groups[key]
		if g == nil {
			g = &group{use: u}
			groups[key] = g
			order = append(order, g)
		}
		g.names = append(g.names, "$"+name)
		for _, u := range v.uses[name] {
			g.lines = append(g.lines, u.line)
		}
	}
	for _, g := range order {
		f := g.use.command.at(v.in, fmt.Sprintf("%s %s used, and nothing in the runbook says what %s", strings.Join(g.names, ", "), isAre(g.names), itIs(g.names)), "say where the value comes from, or set it before it is used")
		f.Line, f.Others = g.use.line, g.lines
		report(f)
	}
	if len(kin) > 0 {
		f := first.command.at(v.in, fmt.Sprintf("%s %s used, and nothing in the runbook says where to take the value from", strings.Join(kin, ", "), isAre(kin)), "say once, above the first command, where they come from")
		f.Line, f.Others, f.Severity = first.line, lines, Info
		report(f)
	}
}

// group are the unexplained variables that one command begins to use.
type group struct {
	use   use
	names []string
	lines []int
}

func isAre(names []string) string {
	if len(names) == 1 {
		return "is"
	}
	return "are"
}

func itIs(names []string) string {
	if len(names) == 1 {
		return "it is"
	}
	return "they are"
}

var setInComment = regexp.MustCompile(`^(?:export\s+)?([A-Za-z_]\w*)=\S`)

// mentioned are the names that a sentence, a row, a setting or a comment mentions,
// and those that only a comment sets, with its line.
func (v *variables) mentioned() (names map[string]bool, commented map[string]int) {
	names, commented = map[string]bool{}, map[string]int{}
	for _, s := range v.in.Document.Statements {
		switch s.Kind {
		case document.Command, document.Output:
			continue
		case document.Comment:
			if m := setInComment.FindStringSubmatch(strings.TrimSpace(s.Text)); m != nil {
				if commented[m[1]] == 0 {
					commented[m[1]] = s.Line
				}
				continue
			}
		}
		for name := range named(s.Text) {
			names[name] = true
		}
	}
	for _, c := range v.in.Commands() {
		for name := range named(c.Purpose) {
			names[name] = true
		}
	}
	return names, commented
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

// read by programs from their environment, and by nothing else in a shell.
var environment = regexp.MustCompile(`^(?:REDISCLI_AUTH|PG[A-Z]+|AWS_\w+|KUBECONFIG|VAULT_\w+|DOCKER_\w+|MYSQL_PWD|ETCDCTL_\w+|GOOGLE_\w+|CLOUDSDK_\w+|TF_\w+|ANSIBLE_\w+|HTTPS?_PROXY|https?_proxy|NO_PROXY|SSL_CERT_\w+|CONSUL_\w+|NOMAD_\w+|ARGOCD_\w+|OS_[A-Z_]+|ARM_\w+|DATABASE_URL|REDIS_URL|RAILS_ENV|NODE_ENV)$`)

func sortedNames(m map[string][]use) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// elsewhere finds variables that this shell puts in before a text goes to
// another machine, where they were meant to be read.
func (v *variables) elsewhere(report func(Finding)) {
	for _, name := range v.order {
		if len(v.sets[name]) > 0 || ambient.MatchString(name) && name != "HOSTNAME" {
			continue
		}
		for _, u := range v.uses[name] {
			if u.within == "" {
				continue
			}
			f := u.command.at(v.in, fmt.Sprintf("$%s is put in by this shell, before %s runs the command elsewhere", name, u.within), "use single quotes, so that it is read where the command runs")
			f.Line = u.line
			report(f)
			break
		}
	}
}
