package imports_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// onlyInTheProfile are facts of the reference service, each as it is in part of
// a string or as a name. Fixtures that knew one would fit no other service.
var onlyInTheProfile = []string{
	"event_service", "event-service", "/health", "SIGUSR1", "viewer", "organizer",
	"DATABASE_URL", "REDIS_URL", "NODE_ENV", "LOG_LEVEL", "JWT_", "DB_HOST", "app.tenant_id", "tenant_id",
	"X-Tenant-ID", "localhost:3003", "venue:events", "ratelimit",
}

const profileOfTheReference = "../../fixtures/profile/reference.go"

// TestFactsOfTheReferenceAreInItsProfile reads the fixtures. Tests may name what
// they like: they are of the reference.
func TestFactsOfTheReferenceAreInItsProfile(t *testing.T) {
	files := 0
	walk(t, func(path, dir string) {
		if !below(dir, []string{"fixtures"}) || strings.HasSuffix(path, "_test.go") {
			return
		}
		files++
		parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Error(err)
			return
		}
		found := factsIn(parsed)
		if path == profileOfTheReference {
			for _, fact := range onlyInTheProfile {
				if found[fact] == "" {
					t.Errorf("%q is not in the profile: the rule is about nothing", fact)
				}
			}
			return
		}
		for fact, text := range found {
			t.Errorf("%s says %s: %q belongs into the profile", path, text, fact)
		}
	})
	if files < 50 {
		t.Errorf("only %d files were read: an empty look proves nothing", files)
	}
}

// factsIn lists the facts in the strings and names of a file, each with the text
// that has it. Import paths are no facts.
func factsIn(file *ast.File) map[string]string {
	found := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		text := ""
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				text, _ = strconv.Unquote(n.Value)
			}
		case *ast.Ident:
			text = n.Name
		}
		for _, fact := range onlyInTheProfile {
			if strings.Contains(text, fact) {
				found[fact] = text
			}
		}
		return true
	})
	return found
}

// TestTheRuleOfTheProfileCanFail shows each kind of breach.
func TestTheRuleOfTheProfileCanFail(t *testing.T) {
	for body, want := range map[string]int{
		`const role = "event_service"`:                    1,
		"const q = `SELECT 1 FROM event_service.events`":  1,
		`var s = syscall.SIGUSR1`:                         1,
		`var roles = []string{"viewer"}`:                  1,
		`var live = "http://" + address + "/health/live"`: 1,
		`import _ "github.com/x/event-service"`:           0,
		`const positive = "control"`:                      0,
		"// the event-service\nvar commented int":         0,
	} {
		parsed, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+body, 0)
		if err != nil {
			t.Fatal(err)
		}
		if found := factsIn(parsed); len(found) != want {
			t.Errorf("%s: %v, want %d", body, found, want)
		}
	}
}
