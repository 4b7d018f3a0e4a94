// Package imports keeps the directions in which packages may import each
// other. It reads the files itself: a test that asked "go list" would be
// answered from the test cache and stay green.
package imports_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/runproof/runproof/"

// rules say which folders of ours a folder may import. The first rule whose
// folder contains a package is the one that counts.
var rules = []struct {
	folder string
	may    []string
	why    string
}{
	{"scenarios/symptoms", []string{"scenarios"}, "a scenario is data in the words of the vocabulary"},
	{"scenarios/sim", []string{"scenarios"}, "the model is played by the scenarios and knows no real part"},
	{"scenarios/runbook", []string{"scenarios"}, "the document is about claims and scenarios alone"},
	{"scenarios", nil, "the engine must not know how anything is started, or how anything is reported"},
	{"fakes", nil, "a fake that shared code with us would share our mistakes"},
	{"reports", []string{"scenarios"}, "a report is a function of the result, whatever made it"},
	{"fixtures", []string{"fixtures", "scenarios", "fakes"}, "fixtures stage scenarios and know no command and no report"},
	{"cmd/event-service", []string{"cmd/event-service"}, "the service must not depend on who tests it"},
	{"cmd/runproof", []string{"cmd/runproof", "scenarios", "fixtures", "reports"}, "the command reaches the service from outside only"},
	{"suites", []string{"suites", "scenarios", "fixtures", "fakes", "reports"}, "suites are thin: the engine does the work"},
}

func TestImportsFollowTheDesign(t *testing.T) {
	files := 0
	walk(t, func(path, dir string) {
		files++
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			return
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if problem := judge(dir, imported, strings.HasSuffix(path, "_test.go")); problem != "" {
				t.Errorf("%s imports %s: %s", path, imported, problem)
			}
		}
	})
	if files < 50 {
		t.Errorf("only %d files were read: an empty look proves nothing", files)
	}
}

// judge says what is wrong with an import, or nothing.
func judge(dir, imported string, test bool) string {
	ours, isOurs := strings.CutPrefix(imported, module)
	if dir == "scenarios" && !isOurs && !test && strings.Contains(strings.Split(imported, "/")[0], ".") {
		return "the vocabulary and the engine use the standard library only"
	}
	if !isOurs || ours == dir || strings.HasPrefix(ours, dir+"/") {
		return ""
	}
	for _, rule := range rules {
		if dir != rule.folder && !strings.HasPrefix(dir, rule.folder+"/") {
			continue
		}
		may := rule.may
		if test && rule.folder != "cmd/event-service" && strings.HasPrefix(rule.folder, "scenarios") {
			may = []string{"scenarios"} // tests play the scenarios in the model
		}
		for _, folder := range may {
			if ours == folder || strings.HasPrefix(ours, folder+"/") {
				return ""
			}
		}
		return rule.why
	}
	return "no rule for " + dir + ": say what it may import"
}

// walk visits every Go file of the module with its folder.
func walk(t *testing.T, visit func(path, dir string)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin") {
			return filepath.SkipDir
		}
		if !entry.IsDir() && strings.HasSuffix(name, ".go") {
			dir, err := filepath.Rel(root, filepath.Dir(path))
			if err != nil {
				return err
			}
			visit(path, filepath.ToSlash(dir))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheDesignsFoldersAreThere(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"suites": true, "fixtures": true, "fakes": true, "scenarios": true, "cmd": true, "reports": true, "bin": true}
	for _, entry := range entries {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && !known[entry.Name()] {
			t.Errorf("top-level folder %s is not part of the design", entry.Name())
		}
	}
}

// TestTheRulesCanFail shows each kind of breach to the judge.
func TestTheRulesCanFail(t *testing.T) {
	for _, breach := range []struct{ dir, imported string }{
		{"scenarios", module + "fixtures/lane"},
		{"scenarios", "github.com/onsi/gomega"},
		{"scenarios/symptoms", module + "reports"},
		{"fakes/venue", module + "scenarios"},
		{"reports", module + "fixtures"},
		{"fixtures/lane", module + "reports"},
		{"fixtures/lane", module + "cmd/runproof/internal/cli"},
		{"cmd/event-service/internal/store", module + "scenarios"},
		{"cmd/runproof/internal/verify", module + "cmd/event-service/internal/app"},
		{"suites/runbook", module + "cmd/runproof/internal/cli"},
		{"elsewhere", module + "scenarios"},
	} {
		if judge(breach.dir, breach.imported, false) == "" {
			t.Errorf("%s may import %s", breach.dir, breach.imported)
		}
	}
}
