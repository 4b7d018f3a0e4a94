package script

import (
	"path"
	"strings"
)

// Word is one word of a command, without its quotes.
type Word struct {
	// Text keeps expansions as they are written.
	Text string
	// Open tells that the text is not all known: it has an expansion, or a name
	// to be filled in.
	Open bool
	// Quoted tells that some of it stands in quotes.
	Quoted bool
	// Single tells that all of it stands in single quotes.
	Single bool
}

// Call is one simple command.
type Call struct {
	// Statement is the index of the statement that it stands in.
	Statement int
	// Line and Column count from one, in the document.
	Line, Column int
	// Program is the name without its folder, or empty where it is not known.
	Program string
	// Args are the words behind the program, without redirections.
	Args []Word
	// Via names what hands the command on, the outermost first: sudo, xargs,
	// "kubectl exec".
	Via []string
	// Pipe are the commands of its pipeline, Stage is its place among them.
	Pipe  []*Call
	Stage int
	// Redirects are the operators with their targets, such as ">/dev/null".
	Redirects []string
	// Input tells that a here-document or a file is its standard input; Document
	// is the text of the former, as far as it is known.
	Input    bool
	Document string
	// Background tells that the shell does not wait for it.
	Background bool
	// Guarded tells that it stands in a condition, a loop or behind && or ||.
	Guarded bool
	// Tested tells that its exit status decides what is done next.
	Tested bool
	// Otherwise is the command behind || that runs where this one fails, or nil.
	Otherwise *Call

	substituted bool // inside of $( )
}

// Has tells whether one of the words is an argument of the command.
func (c *Call) Has(words ...string) bool {
	for _, a := range c.Args {
		for _, w := range words {
			if a.Text == w {
				return true
			}
		}
	}
	return false
}

// Flag tells whether an option is given: a long one as "--name", alone or with
// a value, a short one as "-n", alone or among others ("-itn").
func (c *Call) Flag(names ...string) bool {
	for _, a := range c.Args {
		if a.Text == "--" {
			return false
		}
		for _, name := range names {
			if a.Text == name || strings.HasPrefix(name, "--") && strings.HasPrefix(a.Text, name+"=") {
				return true
			}
			if len(name) == 2 && cluster(a.Text) && strings.Contains(a.Text[1:], name[1:]) {
				return true
			}
		}
	}
	return false
}

// cluster tells whether a word is several short options in one.
func cluster(text string) bool {
	if len(text) < 2 || text[0] != '-' || text[1] == '-' {
		return false
	}
	for _, r := range text[1:] {
		if r < 'A' || r > 'Z' && r < 'a' || r > 'z' {
			return false
		}
	}
	return true
}

// Value is what an option is given: "--name value", "--name=value", "-n value".
func (c *Call) Value(names ...string) (Word, bool) {
	for i, a := range c.Args {
		for _, name := range names {
			if a.Text == name && i+1 < len(c.Args) {
				return c.Args[i+1], true
			}
			if rest, ok := strings.CutPrefix(a.Text, name+"="); ok {
				return Word{Text: rest, Open: a.Open, Quoted: a.Quoted}, true
			}
		}
	}
	return Word{}, false
}

// Words are the arguments that are neither options nor, for programs whose
// commands often stand behind options, the values of those.
func (c *Call) Words() []Word {
	var list []Word
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case valued[c.Program][a.Text], a.Text == "-f" && len(list) == 0 && c.composed(i):
			i++
		case !strings.HasPrefix(a.Text, "-") || a.Text == "-":
			list = append(list, a)
		}
	}
	return list
}

// composed tells whether an option stands in front of the command of docker
// compose: there -f names a file.
func (c *Call) composed(i int) bool {
	return c.Program == "docker-compose" || c.Program == "docker" && i > 0 && c.Args[0].Text == "compose"
}

// valued are options that take the next word, of programs whose command may
// stand behind them.
var valued = map[string]map[string]bool{
	"kubectl": kubectlValued, "oc": kubectlValued,
	"aws":    set("--region --profile --output --query --endpoint-url --cli-read-timeout"),
	"docker": composeValued, "docker-compose": composeValued,
}

var (
	kubectlValued = set("-n --namespace --context --kubeconfig --cluster --user --as -s --server -c --container -l --selector -o --output --since --since-time --tail --field-selector --sort-by --replicas --timeout --type --image --grace-period --for --to-revision --limits --requests -L --label-columns")
	composeValued = set("--file -p --project-name --env-file --profile --project-directory -H --host --context --tail --since --until")
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}

// Word is the text of the n-th argument that is no option, or empty.
func (c *Call) Word(n int) string {
	if list := c.Words(); n < len(list) {
		return list[n].Text
	}
	return ""
}

// Next is the command that reads what this one prints, or nil.
func (c *Call) Next() *Call {
	if c.Stage+1 < len(c.Pipe) {
		return c.Pipe[c.Stage+1]
	}
	return nil
}

// Through tells whether something hands the command on.
func (c *Call) Through(via string) bool {
	for _, v := range c.Via {
		if v == via {
			return true
		}
	}
	return false
}

// String is the command as words.
func (c *Call) String() string {
	var b strings.Builder
	b.WriteString(c.Program)
	for _, a := range c.Args {
		b.WriteString(" " + a.Text)
	}
	return b.String()
}

// Brief is the beginning of the command, for a message.
func (c *Call) Brief() string {
	text := []rune(strings.Join(strings.Fields(c.String()), " "))
	const limit = 60
	if len(text) > limit {
		return string(text[:limit]) + "..."
	}
	return string(text)
}

func base(program string) string { return path.Base(program) }
