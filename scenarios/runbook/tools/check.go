package tools

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Word is a word of a command; Open tells that it is not all known.
type Word struct {
	Text string
	Open bool
}

// Problem is something wrong with a call.
type Problem struct {
	Text, Proposal string
	// Word is the word that is wrong, as written.
	Word string
	// Deprecated tells that it may still work.
	Deprecated bool
}

// Known tells whether there is a table of a program.
func Known(program string) bool { return load()[program] != nil }

// verbs are programs whose first words are commands; the others have options
// and arguments alone.
var verbs = map[string]bool{"kubectl": true, "docker": true, "systemctl": true}

// ends are commands behind whose first argument, or behind which at once, the
// words are those of another program.
var ends = map[string]bool{"docker exec": true, "docker run": true, "docker create": true, "docker container exec": true, "docker container run": true, "docker container create": true}

// Check says what is wrong with a call of a program that is known. More tells
// that another program adds words at its end.
func Check(program string, words []Word, more bool) []Problem {
	t := load()[program]
	if t == nil {
		return nil
	}
	c := &check{table: t, program: program, words: words, more: more}
	c.walk()
	return c.problems
}

type check struct {
	table    *table
	program  string
	words    []Word
	more     bool
	path     string
	given    []string // options by their names
	args     []Word
	problems []Problem
}

func (c *check) report(p Problem) { c.problems = append(c.problems, p) }

// name is the program with the command that was read so far.
func (c *check) name() string { return strings.TrimSpace(c.program + " " + c.path) }

// walk reads the words from left to right.
func (c *check) walk() {
	deeper := verbs[c.program]
	for i := 0; i < len(c.words); i++ {
		w := c.words[i]
		switch {
		case w.Text == "--":
			c.args = append(c.args, c.words[i+1:]...)
			c.settle()
			return
		case strings.HasPrefix(w.Text, "--"):
			i += c.long(w, i)
		case strings.HasPrefix(w.Text, "-") && len(w.Text) > 1:
			i += c.short(w, i)
		case deeper && w.Open:
			return // the command itself is not known
		case deeper && c.command(w.Text):
			if len(c.problems) > 0 || c.unlisted() {
				return
			}
		default:
			deeper = false
			c.args = append(c.args, w)
			if c.program == "redis-cli" || ends[c.name()] {
				c.args = append(c.args, c.words[i+1:]...)
				c.settle()
				return
			}
		}
	}
	c.settle()
}

// unlisted tells that nothing is known of a command but its name.
func (c *check) unlisted() bool {
	_, inAlso := also[c.program][c.path]
	return inAlso && c.path != "" && c.path != "config" && len(c.table.commands[c.path]) == 0
}

// command goes a command deeper and tells whether it did.
func (c *check) command(word string) bool {
	path := strings.TrimSpace(c.path + " " + word)
	if why, ok := gone[c.program][path]; ok {
		c.report(Problem{Word: word, Text: fmt.Sprintf("%s %s: %s", c.program, path, why), Proposal: "use what took its place"})
		return true
	}
	if _, ok := c.table.commands[path]; ok {
		c.path = path
		return true
	}
	below := c.table.below(c.path)
	if len(below) == 0 {
		return false
	}
	if c.path == "" {
		// Somebody's plugin may have any other name.
		if near := nearest(word, below); near != "" {
			c.report(Problem{Word: word, Text: fmt.Sprintf("%s has no command %q", c.program, word), Proposal: fmt.Sprintf("did you mean %q?", near)})
			return true
		}
		c.path = word // not known: nothing below it is judged
		return true
	}
	if groups[c.name()] {
		p := Problem{Word: word, Text: fmt.Sprintf("%s has no command %q", c.name(), word), Proposal: fmt.Sprintf("use one of %s", strings.Join(sorted(below), ", "))}
		if near := nearest(word, below); near != "" {
			p.Proposal = fmt.Sprintf("did you mean %q?", near)
		}
		c.report(p)
		return true
	}
	return false
}

// groups are commands that do nothing without a command below them.
var groups = map[string]bool{
	"kubectl rollout": true, "kubectl set": true, "kubectl auth": true, "kubectl top": true, "kubectl certificate": true, "kubectl config": true,
	"docker container": true, "docker image": true, "docker network": true, "docker volume": true, "docker system": true, "docker service": true, "docker node": true, "docker swarm": true,
}

func sorted(list []string) []string {
	sort.Strings(list)
	return list
}

// known tells whether the options of the command read so far are known.
func (c *check) known() bool {
	_, ok := c.table.commands[c.path]
	return ok
}

// long reads an option with two dashes and returns how many words it takes besides.
func (c *check) long(w Word, i int) int {
	name, _, has := strings.Cut(w.Text, "=")
	if w.Open && !has {
		return 0
	}
	o, ok := c.table.option(c.path, name)
	if !ok && !cobra[c.program] {
		// getopt and curl take the beginning of a name for the whole.
		var full string
		if full, o, ok = c.begun(name); ok {
			name = full
		}
	}
	key := strings.TrimSpace(c.path + " " + name)
	if why, isGone := gone[c.program][key]; isGone {
		c.report(Problem{Word: w.Text, Text: fmt.Sprintf("%s %s: %s", c.program, key, why), Proposal: "leave it out or use what took its place", Deprecated: strings.HasPrefix(why, "deprecated")})
		return taken(o, has)
	}
	if !ok {
		if !c.known() || verbs[c.program] && c.path == "" && c.later(i, name) {
			return taken(c.anywhere(name), has)
		}
		p := Problem{Word: w.Text, Text: fmt.Sprintf("%s has no option %s", c.name(), name), Proposal: fmt.Sprintf("see the help of %s (%s)", c.name(), c.table.versions)}
		if near := nearest(name, c.names()); near != "" {
			p.Proposal = fmt.Sprintf("did you mean %s?", near)
		}
		c.report(p)
		return 0
	}
	c.given = append(c.given, name)
	if o.valued && !has {
		return c.value(name, i)
	}
	return 0
}

func taken(o option, has bool) int {
	if o.valued && !has {
		return 1
	}
	return 0
}

// later tells whether an option in front of the command is one of the command.
func (c *check) later(i int, name string) bool {
	for _, w := range c.words[i+1:] {
		if _, ok := c.table.commands[w.Text][name]; ok {
			return true
		}
	}
	return false
}

// anywhere is an option of any command.
func (c *check) anywhere(name string) option {
	for _, options := range c.table.commands {
		if o, ok := options[name]; ok {
			return o
		}
	}
	return option{}
}

// cobra are programs that take no shortened names.
var cobra = map[string]bool{"kubectl": true, "docker": true, "redis-cli": true}

func (c *check) begun(name string) (string, option, bool) {
	if len(name) < 4 {
		return "", option{}, false
	}
	names := c.names()
	sort.Strings(names)
	for _, full := range names {
		if strings.HasPrefix(full, name) {
			o, ok := c.table.option(c.path, full)
			return full, o, ok
		}
		// curl turns every switch off by --no- in front of it.
		if rest, ok := strings.CutPrefix(name, "--no-"); ok && c.program == "curl" && full == "--"+rest {
			return name, option{}, true
		}
	}
	return "", option{}, false
}

// names are all options that the command takes.
func (c *check) names() []string {
	var list []string
	for path := c.path; ; path, _ = parent(path) {
		for name := range c.table.commands[path] {
			if strings.HasPrefix(name, "--") {
				list = append(list, name)
			}
		}
		if path == "" {
			return list
		}
	}
}

// short reads one or more options behind one dash.
func (c *check) short(w Word, i int) int {
	if c.program == "redis-cli" {
		return c.single(w, i)
	}
	if bare, _, _ := strings.Cut(w.Text, "="); len(bare) > 4 {
		if _, isLong := c.table.option(c.path, "-"+bare); isLong {
			c.report(Problem{Word: w.Text, Text: fmt.Sprintf("%s reads %s as single letters", c.name(), bare), Proposal: fmt.Sprintf("write -%s", bare)})
			return 0
		}
	}
	for at, r := range w.Text[1:] {
		name := "-" + string(r)
		o, ok := c.table.option(c.path, name)
		if !ok {
			if w.Open || !c.known() || verbs[c.program] && c.path == "" && c.later(i, name) {
				return taken(c.anywhere(name), at+2 < len(w.Text))
			}
			if !isLetter(r) {
				return 0
			}
			p := Problem{Word: w.Text, Text: fmt.Sprintf("%s has no option %s", c.name(), name), Proposal: fmt.Sprintf("see the help of %s (%s)", c.name(), c.table.versions)}
			c.report(p)
			return 0
		}
		c.given = append(c.given, name)
		if o.optional {
			return 0
		}
		if o.valued {
			if at+2 < len(w.Text) {
				return 0
			}
			return c.value(name, i)
		}
	}
	return 0
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// single reads a short option of a program that takes them one by one.
func (c *check) single(w Word, i int) int {
	o, ok := c.table.option("", w.Text)
	switch {
	case !ok && w.Open:
		return 0
	case !ok:
		p := Problem{Word: w.Text, Text: fmt.Sprintf("%s has no option %s", c.program, w.Text), Proposal: fmt.Sprintf("see the help of %s (%s)", c.program, c.table.versions)}
		if _, begins := c.table.option("", w.Text[:2]); begins {
			p.Proposal = fmt.Sprintf("write %s apart from what follows it", w.Text[:2])
		}
		c.report(p)
		return 0
	}
	c.given = append(c.given, w.Text)
	if o.valued {
		return c.value(w.Text, i)
	}
	return 0
}

// value takes the value of an option from the next word.
func (c *check) value(name string, i int) int {
	if i+1 >= len(c.words) {
		if !c.more {
			c.report(Problem{Word: name, Text: fmt.Sprintf("%s %s lacks its value", c.name(), name), Proposal: "write the value behind it"})
		}
		return 0
	}
	next := c.words[i+1]
	if bare, _, _ := strings.Cut(next.Text, "="); !next.Open && strings.HasPrefix(next.Text, "-") && len(next.Text) > 1 {
		if _, isOption := c.table.option(c.path, bare); isOption {
			c.report(Problem{Word: name, Text: fmt.Sprintf("%s %s takes %s for its value", c.name(), name, next.Text), Proposal: "write the value between them"})
		}
	}
	return 1
}

// nearest is the name that a word was meant for: one or two letters apart.
func nearest(word string, names []string) string {
	best, least := "", 3
	for _, name := range sorted(slices.Clone(names)) {
		if len(word) < 4 || min(len(name), len(word)) < 4 {
			continue
		}
		if d := distance(word, name); d < least && d*3 < len(strings.TrimLeft(word, "-")) {
			best, least = name, d
		}
	}
	return best
}

// Distance is the number of letters to add, drop, change or swap.
func distance(a, b string) int {
	const far = 99
	if len(a) > 60 || len(b) > 60 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return far
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
