package imports_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// takes are the calls by which the harness would take something from the user's
// environment: each is made in one place, if at all, that takes care.
var takes = []struct {
	calls  []string // as written: package and name
	within []string // folders that it counts for
	place  []string // folders in which it may be made
	// envToo lets a function make it that sets an Env itself.
	envToo bool
	why    string
}{
	{
		[]string{"pgx.Connect", "pgx.ConnectWithOptions", "pgx.ParseConfig", "pgx.ParseConfigWithOptions", "pgconn.Connect", "pgconn.ParseConfig", "pgxpool.New", "pgxpool.ParseConfig"},
		[]string{"fixtures", "suites", "cmd/runproof"}, []string{"fixtures/postgres/pgclient"}, false,
		"reads PGSERVICE, PGOPTIONS, ~/.pgpass and more: use pgclient",
	},
	{
		[]string{"exec.Command", "exec.CommandContext"},
		[]string{"fixtures", "suites", "cmd/runproof"}, []string{"fixtures/child"}, true,
		"hands on all of our environment: use child.Command",
	},
	{
		[]string{"os.Environ"},
		[]string{"fixtures", "cmd/runproof"}, []string{"fixtures/child", "fixtures/postgres/pgclient", "cmd/runproof/internal/config"}, false,
		"is the user's, with all secrets of a CI job: use child.Environment",
	},
	{
		[]string{"http.DefaultClient", "http.DefaultTransport", "http.Get", "http.Head", "http.Post", "http.PostForm", "http.ProxyFromEnvironment"},
		[]string{"fixtures", "suites", "cmd/runproof", "fakes"}, nil, false,
		"obeys HTTP_PROXY and shares connections: use an http.Transport of your own",
	},
}

// exempt are files in which a call is meant, with the reason.
var exempt = map[string]string{
	"fixtures/operator/operator_test.go":      "a client that plays the outside world",
	"fixtures/target/service_test.go":         "a stand-in for the service, which shows what it was given",
	"suites/harness/cheat/memory.go":          "a stand-in for the service",
	"fixtures/operator/run.go":                "lists the environment of the sandbox itself",
	"fixtures/sandbox/sandbox.go":             "lists the environment of the sandbox itself",
	"fixtures/images/node/boot/components.go": "the first process of a container: the environment is the image's",
}

// TestNothingIsTakenFromTheUsersEnvironment reads the code.
func TestNothingIsTakenFromTheUsersEnvironment(t *testing.T) {
	files := 0
	walk(t, func(path, dir string) {
		files++
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Error(err)
			return
		}
		name := strings.TrimPrefix(path, "../../")
		if _, ok := exempt[name]; ok {
			return
		}
		for _, problem := range taken(dir, parsed) {
			t.Errorf("%s: %s", name, problem)
		}
	})
	if files < 50 {
		t.Errorf("only %d files were read: an empty look proves nothing", files)
	}
}

// taken lists what a file does that it should not.
func taken(dir string, file *ast.File) (problems []string) {
	for _, rule := range takes {
		if !below(dir, rule.within) || below(dir, rule.place) {
			continue
		}
		for _, part := range file.Decls {
			setsEnv := false
			var made []string
			ast.Inspect(part, func(n ast.Node) bool {
				selector, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				setsEnv = setsEnv || selector.Sel.Name == "Env"
				if pack, ok := selector.X.(*ast.Ident); ok && slices.Contains(rule.calls, pack.Name+"."+selector.Sel.Name) {
					made = append(made, pack.Name+"."+selector.Sel.Name)
				}
				return true
			})
			for _, call := range made {
				if !rule.envToo || !setsEnv {
					problems = append(problems, fmt.Sprintf("%s %s", call, rule.why))
				}
			}
		}
	}
	return problems
}

// below says whether a folder is one of a list or lies in one.
func below(dir string, list []string) bool {
	return slices.ContainsFunc(list, func(folder string) bool { return dir == folder || strings.HasPrefix(dir, folder+"/") })
}

// TestTheRulesOfCallsCanFail shows each kind of breach to the reader.
func TestTheRulesOfCallsCanFail(t *testing.T) {
	for _, c := range []struct {
		dir, body string
		want      int
	}{
		{"fixtures/lane", `pgx.Connect(ctx, "")`, 1},
		{"fixtures/postgres/pgclient", `pgx.ParseConfig("")`, 0},
		{"suites/harness", `exec.Command("true").Run()`, 1},
		{"suites/harness", `c := exec.Command("true"); c.Env = nil`, 0},
		{"fixtures/target", `_ = os.Environ()`, 1},
		{"fakes/venue", `http.Get("")`, 1},
		{"cmd/event-service/internal/venue", `http.Get("")`, 0},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() { "+c.body+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := taken(c.dir, file); len(got) != c.want {
			t.Errorf("%s in %s: %q", c.body, c.dir, got)
		}
	}
}
