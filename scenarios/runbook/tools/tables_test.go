package tools

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make the tables anew from the help of the programs on this machine")

// programs are those that tables are made of, with the versions of each that a
// machine may have.
var programs = []struct {
	name string
	help []string
	// versions are other names under which older and newer ones are installed.
	versions string
}{
	{"kubectl", []string{"--help"}, "kubectl.1.*"},
	{"docker", []string{"--help"}, ""},
	{"systemctl", []string{"--help"}, ""},
	{"journalctl", []string{"--help"}, ""},
	{"psql", []string{"--help"}, ""},
	{"pg_dump", []string{"--help"}, ""},
	{"pg_restore", []string{"--help"}, ""},
	{"pg_isready", []string{"--help"}, ""},
	{"redis-cli", []string{"--help"}, ""},
	{"curl", []string{"--help", "all"}, ""},
}

// TestTables makes the tables where it is asked to, and holds those in the
// package to the programs of this machine otherwise: every option that a
// program's help shows must be known.
func TestTables(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			path, err := exec.LookPath(p.name)
			if err != nil {
				t.Skip("the program is not on this machine")
			}
			binaries := []string{path}
			if p.versions != "" && *update {
				target, err := filepath.EvalSymlinks(path)
				if err != nil {
					t.Fatal(err)
				}
				more, err := filepath.Glob(filepath.Join(filepath.Dir(target), p.versions))
				if err != nil {
					t.Fatal(err)
				}
				if len(more) > 0 {
					binaries = []string{more[0], more[len(more)-1]}
				}
			}
			made := map[string]map[string]string{}
			var versions []string
			for _, binary := range binaries {
				versions = append(versions, version(p.name, binary))
				walkHelp(t, binary, p.name, nil, p.help, made)
			}
			file := filepath.Join("tables", p.name+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(format(strings.Join(versions, " to "), made)), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			known := load()[p.name]
			for path, options := range made {
				for names := range options {
					for _, name := range strings.Split(names, ",") {
						if _, ok := known.option(path, name); !ok {
							t.Errorf("%s %s: %s is not known", p.name, path, name)
						}
					}
				}
			}
		})
	}
}

var numbers = regexp.MustCompile(`\d+\.\d+(?:\.\d+)*|systemd \d+`)

func version(name, binary string) string {
	arguments := []string{"--version"}
	if name == "kubectl" {
		arguments = []string{"version", "--client"}
	}
	out, err := exec.Command(binary, arguments...).Output()
	if err != nil {
		return name
	}
	if number := numbers.FindString(string(out)); number != "" {
		return name + " " + strings.TrimPrefix(number, "systemd ")
	}
	return name
}

// walkHelp reads the help of a command and of those below it.
func walkHelp(t *testing.T, binary, name string, path, help []string, made map[string]map[string]string) {
	t.Helper()
	out, err := exec.Command(binary, append(slices.Clone(path), help...)...).CombinedOutput()
	if err != nil && len(out) == 0 {
		t.Fatalf("%s %v: %v", binary, path, err)
	}
	text := string(out)
	key := strings.Join(path, " ")
	if made[key] == nil {
		made[key] = map[string]string{}
	}
	if name == "kubectl" && len(path) == 0 {
		all, err := exec.Command(binary, "options").Output()
		if err != nil {
			t.Fatal(err)
		}
		text += string(all)
	}
	for _, line := range strings.Split(text, "\n") {
		if names, kind := optionOf(name, line); names != "" {
			if before, seen := made[key][names]; !seen || before == "" {
				made[key][names] = kind
			}
		}
	}
	if name == "kubectl" && len(path) > 0 {
		// "kubectl top pods" is "kubectl top pod".
		_, after, _ := strings.Cut(text, "\nAliases:\n")
		names, _, _ := strings.Cut(after, "\n")
		for _, alias := range strings.FieldsFunc(names, func(r rune) bool { return r == ',' || r == ' ' }) {
			made[strings.Join(append(slices.Clone(path[:len(path)-1]), alias), " ")] = made[key]
		}
	}
	if !*update && name != "systemctl" {
		return // hundreds of processes: their tables are compared by the first level
	}
	if len(path) > 3 || name != "kubectl" && name != "docker" && name != "systemctl" {
		return
	}
	for _, command := range commandsOf(text) {
		if name == "systemctl" {
			made[command] = map[string]string{}
			continue
		}
		if len(path) > 0 && path[len(path)-1] == command {
			continue
		}
		walkHelp(t, binary, name, append(slices.Clone(path), command), help, made)
	}
}

var (
	heading = regexp.MustCompile(`^[A-Z][A-Za-z ()/]*(?:Commands|Commands \([A-Za-z]+\)|commands provided by plugins):$|^[A-Z][A-Za-z/ ]* Commands(?: \([A-Za-z]+\))?:$|^Commands:$`)
	entry   = regexp.MustCompile(`^  ([a-z][a-z0-9-]*)\*?(?:\s|$)`)
)

// commandsOf are the entries under the headings of commands.
func commandsOf(text string) []string {
	var list []string
	inside := false
	for _, line := range strings.Split(text, "\n") {
		switch {
		case heading.MatchString(line):
			inside = true
		case line != "" && line[0] != ' ' && line[0] != '\t':
			inside = false
		case inside:
			if m := entry.FindStringSubmatch(line); m != nil {
				list = append(list, m[1])
			}
		}
	}
	return list
}

var kubectlOption = regexp.MustCompile(`^\s+(?:(-\w), )?(--[\w-]+)=(.*):`)

// mayBeEmpty are kubectl's options with a default for no value (NoOptDefVal).
var mayBeEmpty = []string{"--dry-run", "--cascade", "--validate", "--record"}

// optionOf reads an option at the beginning of a line of help: its names joined
// by commas, and "=" for a value, "?" for a value that may be left out.
func optionOf(program, line string) (names, kind string) {
	if program == "kubectl" {
		m := kubectlOption.FindStringSubmatch(line)
		if m == nil {
			return "", ""
		}
		kind = "="
		if m[3] == "false" || m[3] == "true" || slices.Contains(mayBeEmpty, m[2]) {
			kind = "?"
		}
		return strings.TrimPrefix(m[1]+","+m[2], ","), kind
	}
	rest := strings.TrimSpace(line)
	if !strings.HasPrefix(rest, "-") || line == rest {
		return "", ""
	}
	var list []string
	for {
		m := regexp.MustCompile(`^(--[a-zA-Z][\w.-]*|-[\w?:#])`).FindString(rest)
		if m == "" {
			break
		}
		list = append(list, m)
		rest = strings.TrimPrefix(rest[len(m):], ` ("one")`)
		if after, ok := strings.CutPrefix(rest, "=,"); ok {
			rest, kind = after, "="
		}
		next := strings.TrimLeft(strings.TrimPrefix(rest, ","), " ")
		if !strings.HasPrefix(next, "-") || len(rest)-len(next) > 2 {
			break
		}
		rest = next
	}
	if len(list) == 0 {
		return "", ""
	}
	switch {
	case strings.HasPrefix(rest, "=") || strings.HasPrefix(rest, " <"):
		kind = "="
	case strings.HasPrefix(rest, "[="):
		kind = "?"
	case program == "docker" && regexp.MustCompile(`^ [a-zA-Z]\S*(?:\s{2,}|$)`).MatchString(rest):
		kind = "="
	}
	return strings.Join(list, ","), kind
}

func format(versions string, made map[string]map[string]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", versions)
	var paths []string
	for path := range made {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		var fields []string
		for names, kind := range made[path] {
			fields = append(fields, names+kind)
		}
		sort.Strings(fields)
		if path == "" {
			path = "."
		}
		fmt.Fprintf(&b, "%s\t%s\n", path, strings.Join(fields, " "))
	}
	return b.String()
}
