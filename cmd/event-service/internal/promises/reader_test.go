package promises_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// promise is one thing that the runbook says of the service.
type promise struct{ section, fact string }

// marker is a promise with the place that keeps it.
type marker struct {
	promise
	file   string // below the service's folder
	keeper string // function, method, variable, type; in a migration the statement
}

// markersIn reads the Go files and migrations below a folder, tests and the
// broken variants left out: those keep nothing.
func markersIn(root string) ([]marker, error) {
	var all []marker
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "testdata" || name == "defects") {
			return filepath.SkipDir
		}
		var found []marker
		switch {
		case entry.IsDir() || strings.HasSuffix(name, "_test.go"):
		case strings.HasSuffix(name, ".go"):
			found, err = inGo(path)
		case strings.HasSuffix(name, ".sql"):
			found, err = inSQL(path)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		file, err := filepath.Rel(root, path)
		for i := range found {
			found[i].file = filepath.ToSlash(file)
		}
		all = append(all, found...)
		return err
	})
	return all, err
}

// errForm is a marker that cannot be read.
var errForm = errors.New(`a marker has the form "Runbook: SECTION: PROMISE."`)

// parse reads a comment without its dashes or slashes; false: it is no marker.
func parse(comment string) (promise, bool, error) {
	text, is := strings.CutPrefix(strings.TrimSpace(comment), "Runbook: ")
	if !is {
		return promise{}, false, nil
	}
	section, fact, both := strings.Cut(text, ": ")
	fact, stop := strings.CutSuffix(fact, ".")
	if !both || !stop || section == "" || fact == "" {
		return promise{}, false, fmt.Errorf("%w, not %q", errForm, text)
	}
	return promise{section, fact}, true, nil
}

func inGo(path string) ([]marker, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var found []marker
	for _, group := range file.Comments {
		for _, comment := range group.List {
			p, is, err := parse(strings.TrimPrefix(comment.Text, "//"))
			if err != nil {
				return nil, err
			}
			if !is {
				continue
			}
			keeper := keeperOf(file, comment.Pos())
			if keeper == "" {
				return nil, fmt.Errorf("the marker %q stands beside no declaration", p.fact)
			}
			found = append(found, marker{promise: p, keeper: keeper})
		}
	}
	return found, nil
}

// keeperOf names the declaration that a position is in, its comment included.
func keeperOf(file *ast.File, at token.Pos) string {
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if within(at, d, d.Doc) {
				return nameOf(d)
			}
		case *ast.GenDecl:
			if within(at, d, d.Doc) {
				return specAt(d, at)
			}
		}
	}
	return ""
}

// within tells whether a position is in a node, or in the comment above it.
func within(at token.Pos, n ast.Node, doc *ast.CommentGroup) bool {
	from := n.Pos()
	if doc != nil {
		from = doc.Pos()
	}
	return from <= at && at <= n.End()
}

// nameOf is F, or T.M for a method.
func nameOf(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	kind := f.Recv.List[0].Type
	for {
		switch k := kind.(type) {
		case *ast.StarExpr:
			kind = k.X
		case *ast.IndexExpr:
			kind = k.X
		case *ast.IndexListExpr:
			kind = k.X
		case *ast.Ident:
			return k.Name + "." + f.Name.Name
		default:
			return f.Name.Name
		}
	}
}

// specAt names the constant, variable or type at a position: the first that
// ends after it.
func specAt(d *ast.GenDecl, at token.Pos) string {
	for _, spec := range d.Specs {
		if spec.End() < at {
			continue
		}
		switch s := spec.(type) {
		case *ast.ValueSpec:
			return s.Names[0].Name
		case *ast.TypeSpec:
			return s.Name.Name
		}
	}
	return ""
}

// inSQL reads a migration: a marker belongs to the line after it, of which the
// words before the first bracket or comma are shown.
func inSQL(path string) ([]marker, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var found, open []marker
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if comment, is := strings.CutPrefix(line, "--"); is {
			p, is, err := parse(comment)
			if err != nil {
				return nil, err
			}
			if is {
				open = append(open, marker{promise: p})
			}
			continue
		}
		for _, m := range open {
			line = strings.TrimPrefix(line, "EXECUTE format('")
			words, _, _ := strings.Cut(line, "'")
			if end := strings.IndexAny(words, "(,;"); end > 0 {
				words = words[:end]
			}
			m.keeper = strings.Join(strings.Fields(words), " ")
			found = append(found, m)
		}
		open = nil
	}
	return found, nil
}
