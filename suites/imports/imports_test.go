// Package imports keeps the directions in which packages may import each
// other. It reads the files itself: a test that asked "go list" would be
// answered from the test cache and stay green.
package imports_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/runproof/runproof/"

// rules say which folders of ours a folder may import: one alone, or with "/..."
// all below it as well. The first rule whose folder is meant is the one that counts.
var rules = []struct {
	folder string
	may    []string
	why    string
}{
	{"scenarios/fault", nil, "a fault is a value and knows nobody who injects it"},
	{"scenarios/audit", nil, "what became of the writes follows from their facts alone"},
	{"scenarios", []string{"scenarios/fault", "scenarios/audit"}, "the vocabulary is data and knows nobody who uses it"},
	{"scenarios/record", []string{"scenarios", "scenarios/audit"}, "what is written down is facts"},
	{"scenarios/world", []string{"scenarios", "scenarios/record"}, "a port knows neither who plays in it nor who judges"},
	{"scenarios/judge", []string{"scenarios", "scenarios/audit", "scenarios/record", "scenarios/contract"}, "judging is pure: it is of a recording and of the contract alone"},
	{"scenarios/play", []string{"scenarios", "scenarios/record", "scenarios/world", "scenarios/judge"}, "playing knows no real part and no ledger"},
	{"scenarios/ledger", []string{"scenarios", "scenarios/record", "scenarios/judge"}, "the ledger is made of results"},
	{"scenarios/symptoms", []string{"scenarios"}, "a scenario is data in the words of the vocabulary"},
	{"scenarios/suggest", nil, "what a misspelled name may mean does not depend on what it names"},
	{"scenarios/contract", nil, "the judge of answers knows the document alone"},
	{"scenarios/gameday", []string{"scenarios"}, "a game is plain data, whoever plays it"},
	{"scenarios/sim/...", []string{"scenarios", "scenarios/audit", "scenarios/record", "scenarios/world", "scenarios/contract"}, "the model is a world and knows no real part"},
	{"scenarios/runbook/...", []string{"scenarios", "scenarios/suggest", "scenarios/record", "scenarios/judge", "scenarios/ledger", "scenarios/symptoms", "scenarios/runbook/..."}, "the document is about claims and scenarios alone"},
	{"fakes/...", nil, "a fake that shared code with us would share our mistakes"},
	{"reports/codec", nil, "the form of a document knows nothing of what is in it"},
	{"reports/compare", []string{"scenarios", "scenarios/record", "scenarios/judge", "scenarios/ledger"}, "what changed does not depend on how it is shown"},
	{"reports/history", []string{"reports/compare", "scenarios", "scenarios/record", "scenarios/judge", "scenarios/ledger"}, "a trend does not depend on how it is shown"},
	{"reports/...", []string{"reports/...", "scenarios", "scenarios/record", "scenarios/judge", "scenarios/ledger", "scenarios/gameday"}, "a report is a function of the result, whatever made it"},
	{"fixtures/statedir", nil, "the state directory knows nobody who keeps something in it"},
	{"fixtures/lease", []string{"fixtures/statedir"}, "a lease is a lock: it outlives no process and needs no guard"},
	{"fixtures/profile", nil, "a profile is data"},
	{"fixtures/adapter", []string{"fixtures/profile", "scenarios"}, "who speaks to the service does not know how it is started"},
	{"fixtures/tenants", []string{"fixtures/adapter", "scenarios", "scenarios/world", "scenarios/contract"}, "two tenants need a service that makes events, and no lane"},
	{"fixtures/writelog", []string{"fixtures/adapter", "fixtures/postgres", "fixtures/profile", "scenarios", "scenarios/audit"}, "the write log knows requests and rows, and no lane"},
	{"fixtures/workload", []string{"fixtures/adapter", "fixtures/load", "fixtures/tenants", "fixtures/writelog", "scenarios", "scenarios/audit", "scenarios/record", "scenarios/world"}, "the load asks as two tenants, and starts and breaks nothing"},
	{"fixtures/deployment", []string{"fixtures/adapter", "fixtures/child", "fixtures/guard", "fixtures/lease", "fixtures/profile", "fixtures/target"}, "processes are kept the same for whatever purpose"},
	{"fixtures/dataset", []string{"fixtures/adapter", "fixtures/postgres", "fixtures/profile", "fixtures/tenants", "scenarios"}, "data needs the service and its servers, and no lane"},
	{"fixtures/operator/session", []string{"fixtures/dataset", "fixtures/operator", "fixtures/redis", "scenarios"}, "an operator has a shell and the data, and no lane"},
	{"fixtures/property/...", []string{"fixtures/property", "fixtures/adapter", "fixtures/child", "fixtures/poll", "fixtures/postgres", "fixtures/profile", "fixtures/redis", "fixtures/target", "fixtures/tenants", "fakes/identity", "fakes/venue", "scenarios", "scenarios/contract"}, "a check of a property asks the service and looks at it, and breaks nothing"},
	{"fixtures/probe", []string{"fixtures/adapter", "fixtures/operator/session", "fixtures/property", "fixtures/redis", "fixtures/target", "fixtures/tenants", "fixtures/writelog", "fakes/identity", "scenarios"}, "a prober looks at what it is given, and starts and breaks nothing"},
	{"fixtures/witness", []string{"fixtures/postgres", "fixtures/redis", "fixtures/cgroup", "fixtures/child", "scenarios", "scenarios/record", "fakes/..."}, "a witness knows neither who injects nor what is set: it asks as the service does"},
	{"fixtures/gameday/...", []string{"fixtures/gameday/...", "fixtures/lab", "fixtures/operator", "fixtures/target", "scenarios", "scenarios/record", "scenarios/gameday"}, "a game is played in a lab, and starts and breaks nothing itself"},
	{"fixtures/...", []string{"fixtures/...", "scenarios", "scenarios/audit", "scenarios/record", "scenarios/world", "scenarios/contract", "fakes/..."}, "fixtures are the world and know no judge, no command and no report"},
	{"cmd/event-service/...", []string{"cmd/event-service/..."}, "the service must not depend on who tests it"},
	{"cmd/runproof/internal/contract", []string{"cmd/runproof/...", "scenarios/...", "fixtures/...", "suites/contract"}, "the command plays the contract suite itself"},
	{"cmd/runproof/...", []string{"cmd/runproof/...", "scenarios/...", "fixtures/...", "reports/..."}, "the command reaches the service from outside only"},
	{"suites/...", []string{"suites/...", "scenarios/...", "fixtures/...", "fakes/...", "reports/..."}, "suites are thin: the engine does the work"},
}

// vocabulary are the two packages that a scenario file is written in: whoever may
// use one may use both.
var vocabulary = []string{"scenarios", "scenarios/fault"}

// meant reports whether a pattern means a folder.
func meant(pattern, folder string) bool {
	above, all := strings.CutSuffix(pattern, "/...")
	return folder == above || all && strings.HasPrefix(folder, above+"/")
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
	if slices.Contains(vocabulary, dir) && !isOurs && !test && strings.Contains(strings.Split(imported, "/")[0], ".") {
		return "the vocabulary and the engine use the standard library only"
	}
	if !isOurs || ours == dir {
		return ""
	}
	for _, rule := range rules {
		if !meant(rule.folder, dir) {
			continue
		}
		may := rule.may
		if test && strings.HasPrefix(rule.folder, "scenarios") {
			may = []string{"scenarios/..."} // tests play the scenarios in the model
		}
		if slices.ContainsFunc(may, func(pattern string) bool { return meant(pattern, ours) }) {
			return ""
		}
		if ours == "scenarios/fault" && slices.Contains(may, "scenarios") {
			return ""
		}
		return rule.why
	}
	return "no rule for " + dir + ": say what it may import"
}

// TestTheJudgeReachesNoWorld follows the imports to their ends, tests left out.
func TestTheJudgeReachesNoWorld(t *testing.T) {
	imports := map[string][]string{}
	walk(t, func(path, dir string) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			t.Error(err)
			return
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if ours, isOurs := strings.CutPrefix(imported, module); isOurs {
				imports[dir] = append(imports[dir], ours)
			}
		}
	})
	for from, never := range map[string][]string{
		"scenarios/judge": {"scenarios/world", "scenarios/play", "fixtures/..."},
		"fixtures/lane":   {"scenarios/judge", "scenarios/play", "scenarios/ledger"},
		// Nor anything by which it could ask whether a fault is set.
		"fixtures/witness": {"fixtures/faults", "fixtures/lane", "fixtures/toxiproxy", "scenarios/world"},
	} {
		reached := map[string]bool{}
		var reach func(string)
		reach = func(dir string) {
			for _, next := range imports[dir] {
				if !reached[next] {
					reached[next] = true
					reach(next)
				}
			}
		}
		reach(from)
		if !reached["scenarios"] {
			t.Errorf("%s reaches %v: an empty look proves nothing", from, reached)
		}
		for dir := range reached {
			if slices.ContainsFunc(never, func(pattern string) bool { return meant(pattern, dir) }) {
				t.Errorf("%s reaches %s", from, dir)
			}
		}
	}
}

// TestAScenarioSeesFewNames: those that symptoms import by dot. Methods are not
// counted.
func TestAScenarioSeesFewNames(t *testing.T) {
	const most = 250
	names := 0
	walk(t, func(path, dir string) {
		if !slices.Contains(vocabulary, dir) || strings.HasSuffix(path, "_test.go") {
			return
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Error(err)
			return
		}
		for name := range parsed.Scope.Objects {
			if ast.IsExported(name) {
				names++
			}
		}
	})
	if names > most || names < 50 {
		t.Errorf("%d exported names, want at most %d", names, most)
	}
	t.Logf("%d exported names", names)
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
		{"scenarios/symptoms", module + "scenarios/judge"},
		{"scenarios", module + "scenarios/record"},
		{"scenarios/judge", module + "scenarios/world"},
		{"scenarios/judge", module + "scenarios/play"},
		{"fixtures/lane", module + "scenarios/judge"},
		{"fixtures/lease", module + "fixtures/guard"},
		{"fixtures/profile", module + "fixtures/adapter"},
		{"fixtures/adapter", module + "fixtures/target"},
		{"fixtures/probe", module + "fixtures/faults"},
		{"fixtures/writelog", module + "fixtures/lane"},
		{"fixtures/witness", module + "fixtures/faults"},
		{"fixtures/witness", module + "fixtures/toxiproxy"},
		{"fakes/venue", module + "scenarios"},
		{"reports", module + "fixtures"},
		{"reports/compare", module + "reports"},
		{"fixtures/lane", module + "reports"},
		{"fixtures/lane", module + "cmd/runproof/internal/cli"},
		{"cmd/event-service/internal/store", module + "scenarios"},
		{"cmd/runproof/internal/verify", module + "cmd/event-service/internal/app"},
		{"cmd/runproof/internal/verify", module + "suites/contract"},
		{"cmd/runproof/internal/contract", module + "suites/testbed"},
		{"suites/runbook", module + "cmd/runproof/internal/cli"},
		{"elsewhere", module + "scenarios"},
	} {
		if judge(breach.dir, breach.imported, false) == "" {
			t.Errorf("%s may import %s", breach.dir, breach.imported)
		}
	}
}
