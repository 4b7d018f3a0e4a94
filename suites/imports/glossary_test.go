package imports_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// TestTheFieldsWords finds no word of the glossary's left column in identifiers
// of packages, file names, help and Markdown. Tests' names are sentences.
func TestTheFieldsWords(t *testing.T) {
	found := map[string]map[string][]string{} // area, word, places
	note := func(area, word, place string) {
		if found[area] == nil {
			found[area] = map[string][]string{}
		}
		found[area][word] = append(found[area][word], place)
	}
	files := 0
	walk(t, func(path, dir string) {
		files++
		area := areaOf(dir)
		for _, word := range inName(strings.TrimSuffix(filepath.Base(path), ".go"), dir) {
			note(area, word, path)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Error(err)
			return
		}
		for _, name := range declared(parsed) {
			words := inName(name, dir)
			if strings.HasSuffix(path, "_test.go") && strings.HasPrefix(name, "Test") {
				words = inProse(strings.Join(split(name), " "))
			}
			for _, word := range words {
				note(area, word, path+": "+name)
			}
		}
		if strings.HasPrefix(dir, "cmd/runproof") && !strings.HasSuffix(path, "_test.go") {
			for _, text := range helpTexts(parsed) {
				for _, word := range inProse(text) {
					note("help", word, path+": "+text)
				}
			}
		}
	})
	pages := 0
	markdown(t, func(path, text string) {
		pages++
		for _, word := range inProse(text) {
			note("markdown", word, path)
		}
	})
	if files < 500 || pages < 5 {
		t.Errorf("only %d files and %d pages were read", files, pages)
	}
	for _, area := range slices.Sorted(maps.Keys(found)) {
		for _, word := range slices.Sorted(maps.Keys(found[area])) {
			t.Errorf("%s: %q is %s now, and still in\n\t%s", area, word, now(word), strings.Join(found[area][word], "\n\t"))
		}
	}
}

// TestTheGlossaryIsSeen shows each way to use a word of the left column.
func TestTheGlossaryIsSeen(t *testing.T) {
	for name, want := range map[string]string{
		"gravestoneTTL": "gravestone", "auditPatience": "patience", "openGround": "ground", "askAgain": "again ask again", "Cut": "cut", "told_twice": "told told twice", //nolint:dupword // the words that are found in it
		"cutPath": "", "Background": "", "inFlight": "", "way2": "way",
	} {
		if got := strings.Join(slices.Sorted(slices.Values(inName(name, "fixtures/lane"))), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := inProse("A broken Twin\nleads\nnowhere, by the way"); !slices.Equal(got, []string{"leads nowhere", "twin"}) {
		t.Errorf("prose: %q", got)
	}
}

func areaOf(dir string) string {
	part := strings.Split(dir, "/")
	if len(part) > 1 && (part[0] == "cmd" || dir == "fixtures/load") {
		return part[0] + "/" + part[1]
	}
	return part[0]
}

// now is what a word of the left column is called.
func now(word string) string {
	for _, t := range glossary {
		if slices.Contains(slices.Concat(t.prose, t.name, t.whole), word) {
			return t.now
		}
	}
	return ""
}

// inName lists the words of the left column in an identifier or a file name.
func inName(name, dir string) []string {
	if slices.Contains(theirs, name) {
		return nil
	}
	words := split(name)
	text := " " + strings.Join(words, " ") + " "
	var found []string
	for _, t := range glossary {
		if t.folders != nil && !slices.ContainsFunc(t.folders, func(f string) bool { return meant(f+"/...", dir) }) {
			continue
		}
		for _, word := range slices.Concat(t.prose, t.name) {
			if strings.Contains(text, " "+word+" ") {
				found = append(found, word)
			}
		}
		for _, word := range t.whole {
			if len(words) == 1 && words[0] == word {
				found = append(found, word)
			}
		}
	}
	return found
}

// inProse lists those that are in a text.
func inProse(text string) []string {
	text = " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	var found []string
	for _, t := range glossary {
		for _, word := range t.prose {
			if strings.Contains(text, " "+word+" ") {
				found = append(found, word)
			}
		}
	}
	return found
}

var wordOf = regexp.MustCompile(`[A-Z]+[a-z]*|[a-z]+`)

// split takes a name to its words, in lower case.
func split(name string) []string {
	var words []string
	for _, word := range wordOf.FindAllString(name, -1) {
		// In "URLPath" the last capital letter begins a word.
		last := strings.LastIndexFunc(word, unicode.IsUpper)
		if last > 0 && last < len(word)-1 {
			words = append(words, strings.ToLower(word[:last]))
			word = word[last:]
		}
		words = append(words, strings.ToLower(word))
	}
	return words
}

// declared are the names that a file declares for its package, and those of
// fields and methods.
func declared(file *ast.File) []string {
	var names []string
	add := func(ids ...*ast.Ident) {
		for _, id := range ids {
			names = append(names, id.Name)
		}
	}
	ofType := func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok {
			add(field.Names...)
		}
		_, isFunc := n.(*ast.FuncType)
		return !isFunc
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			add(d.Name)
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					add(s.Name)
					ast.Inspect(s.Type, ofType)
				case *ast.ValueSpec:
					add(s.Names...)
				}
			}
		}
	}
	return names
}

// helpTexts are what a command's help is made of: the texts of cobra.Command and
// the last argument of a flag.
func helpTexts(file *ast.File) []string {
	var texts []string
	add := func(e ast.Expr) {
		ast.Inspect(e, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, _ := strconv.Unquote(lit.Value)
				texts = append(texts, text)
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && slices.Contains([]string{"Use", "Short", "Long", "Example"}, key.Name) {
				add(n.Value)
			}
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 2 && strings.Contains(s.Sel.Name, "Var") {
				add(n.Args[len(n.Args)-1])
			}
		}
		return true
	})
	return texts
}

// markdown visits every page of ours.
func markdown(t *testing.T, visit func(path, text string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
		if entry.IsDir() && path != root && (strings.HasPrefix(entry.Name(), ".") || name == "bin") {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".md") || othersPages.MatchString("/"+name) || othersPages.MatchString(name) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("page: %w", err)
		}
		visit(path, string(text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
