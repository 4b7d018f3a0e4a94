package lint

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/runbook/consistency"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/repository"
)

// markdown are the ends of names that documents in a folder have.
var markdown = map[string]bool{".md": true, ".mdx": true, ".markdown": true}

// documents are the files among paths, and those in the folders among them, in
// the order of their names; what is hidden or installed is left out.
func documents(paths []string) ([]string, error) {
	var list []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, exit.Usage("runbook: %w", err)
		}
		if !info.IsDir() {
			list = append(list, path)
			continue
		}
		before := len(list)
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && name != path && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "vendor"):
				return fs.SkipDir
			case !d.IsDir() && markdown[strings.ToLower(filepath.Ext(name))]:
				list = append(list, name)
			}
			return nil
		})
		if err != nil {
			return nil, exit.Usage("runbook: %w", err)
		}
		if len(list) == before {
			return nil, exit.Usage("%s has no Markdown file", path)
		}
	}
	return list, nil
}

// folder checks several documents, each by itself and against each other.
func folder(o Options, paths []string, all []lint.Rule, facts *repository.Facts, out io.Writer) error {
	var list []lint.Linted
	var texts []consistency.Document
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return exit.Usage("runbook: %w", err)
		}
		in := input(o.set, path, text)
		list = append(list, lint.Linted{Name: path, Findings: lint.Run(in, all)})
		texts = append(texts, consistency.Document{Name: path, Title: in.Document.Title, Assertions: consistency.Of(in.Document)})
	}
	lint.Across(list, texts)
	total := []lint.Finding{}
	dirty := 0
	for n := range list {
		list[n].Findings = o.heavy(list[n].Findings)
		total = append(total, list[n].Findings...)
		if len(list[n].Findings) > 0 {
			dirty++
		}
	}
	if err := write(o, list, all, fmt.Sprintf("%d documents, %d of them with findings: %s\n", len(list), dirty, counted(total)), out); err != nil {
		return exit.Undecided("lint: %w", err)
	}
	if facts != nil {
		reportFacts(o, facts, out)
	}
	if len(total) > 0 {
		return exit.With(findings)
	}
	return nil
}

// counted is how many findings there are, by severity.
func counted(list []lint.Finding) string {
	if len(list) == 0 {
		return "0 findings"
	}
	count := map[lint.Severity]int{}
	for _, f := range list {
		count[f.Severity]++
	}
	var parts []string
	for _, s := range lint.Severities() {
		if n := count[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, plural(s, n)))
		}
	}
	noun := "findings"
	if len(list) == 1 {
		noun = "finding"
	}
	return fmt.Sprintf("%d %s (%s)", len(list), noun, strings.Join(parts, ", "))
}

func plural(s lint.Severity, n int) string {
	if n == 1 || s == lint.Info {
		return string(s)
	}
	return string(s) + "s"
}

// enabled are the rules but those that are switched off.
func (o Options) enabled(all []lint.Rule) ([]lint.Rule, error) {
	off := map[string]bool{}
	for _, id := range o.Disable {
		off[id] = true
	}
	var list []lint.Rule
	for _, r := range all {
		if off[r.ID] {
			delete(off, r.ID)
			continue
		}
		list = append(list, r)
	}
	for _, id := range o.Disable {
		if off[id] {
			return nil, exit.Usage("--disable: there is no rule %q", id)
		}
	}
	return list, nil
}
