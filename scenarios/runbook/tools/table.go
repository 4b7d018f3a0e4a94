package tools

import (
	"embed"
	"strings"
	"sync"
)

//go:embed tables/*.txt
var files embed.FS

// option is one option of a command.
type option struct {
	// valued tells that it takes the next word, optional that it takes a value
	// behind an equals sign only.
	valued, optional bool
}

// table is what one program accepts.
type table struct {
	// Versions are those that the table was made from.
	versions string
	// commands are the options of each command by its path ("rollout undo"); the
	// empty path has those of all.
	commands map[string]map[string]option
}

var load = sync.OnceValue(func() map[string]*table {
	all := map[string]*table{}
	entries, err := files.ReadDir("tables")
	if err != nil {
		panic(err) // the tables are part of the program
	}
	for _, entry := range entries {
		text, err := files.ReadFile("tables/" + entry.Name())
		if err != nil {
			panic(err)
		}
		name := strings.TrimSuffix(entry.Name(), ".txt")
		all[name] = parse(string(text))
		for path, names := range also[name] {
			if all[name].commands[path] == nil {
				all[name].commands[path] = map[string]option{}
			}
			all[name].add(path, names)
		}
	}
	return all
})

// parse reads a table: the versions, then a line for each command, its path and
// options parted by a tab. An option's names are joined by commas; "=" behind
// them means a value, "?" a value that may be left out.
func parse(text string) *table {
	t := &table{commands: map[string]map[string]option{}}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if versions, ok := strings.CutPrefix(line, "# "); ok {
			t.versions = versions
			continue
		}
		path, names, _ := strings.Cut(line, "\t")
		path = strings.TrimPrefix(path, ".")
		t.commands[path] = map[string]option{}
		t.add(path, names)
	}
	return t
}

func (t *table) add(path, names string) {
	for _, field := range strings.Fields(names) {
		o := option{valued: strings.HasSuffix(field, "="), optional: strings.HasSuffix(field, "?")}
		for _, name := range strings.Split(strings.TrimRight(field, "=?"), ",") {
			t.commands[path][name] = o
		}
	}
}

// option finds an option of a command or of all.
func (t *table) option(path, name string) (option, bool) {
	for {
		if o, ok := t.commands[path][name]; ok {
			return o, true
		}
		if path == "" {
			return option{}, false
		}
		path, _ = parent(path)
	}
}

func parent(path string) (above, last string) {
	if i := strings.LastIndexByte(path, ' '); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}

// below are the subcommands of a command.
func (t *table) below(path string) []string {
	var list []string
	for p := range t.commands {
		if above, last := parent(p); p != "" && above == path {
			list = append(list, last)
		}
	}
	return list
}
