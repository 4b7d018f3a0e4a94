package file

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
)

// declared finds in a package the constants of some types, and the functions that make a
// fault.
func declared(t *testing.T, dir string, constants map[string][]string, faults *[]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", dir, err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				for _, s := range d.Specs {
					value, ok := s.(*ast.ValueSpec)
					if !ok || d.Tok != token.CONST {
						continue
					}
					if typ, ok := value.Type.(*ast.Ident); ok {
						if list, wanted := constants[typ.Name]; wanted {
							constants[typ.Name] = append(list, value.Names[0].Name)
						}
					}
				}
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() && d.Type.Results != nil && len(d.Type.Results.List) == 1 {
					if typ, ok := d.Type.Results.List[0].Type.(*ast.Ident); ok && typ.Name == "Fault" {
						*faults = append(*faults, nameInFile(d.Name.Name))
					}
				}
			}
		}
	}
}

// nameInFile is a name of Go as a file has it: its first word in small letters.
func nameInFile(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// kindNamed is a check of a kind, whose type has no name outside.
func kindNamed(kind string) (c scenarios.Check) {
	reflect.ValueOf(&c).Elem().FieldByName("Kind").SetString(kind)
	return c
}
