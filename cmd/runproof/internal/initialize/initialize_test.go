package initialize

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
)

func TestInit(t *testing.T) {
	dir := t.TempDir()
	book, target := filepath.Join(dir, "book.md"), filepath.Join(dir, "claims.yaml")
	if err := os.WriteFile(book, []byte("# Queue\n\n- 503 for 30 s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(Options{Runbook: book}, &out); err != nil || !strings.Contains(out.String(), "status") {
		t.Errorf("%v\n%s", err, out.String())
	}
	if err := run(Options{Runbook: book, Out: dir}, &out); err != nil {
		t.Error(err)
	}
	for name, o := range map[string]Options{
		"a file for no claims": {Out: dir}, "an unknown service": {CI: "x"}, "no file": {Runbook: filepath.Join(dir, "missing")}, "there already": {Runbook: book, Out: target},
		"nowhere to write": {Runbook: book, Out: filepath.Join(dir, "a", "b")},
	} {
		if err := run(o, &out); exit.Code(err) != 2 {
			t.Errorf("%s: exit %d: %v", name, exit.Code(err), err)
		}
	}
}
