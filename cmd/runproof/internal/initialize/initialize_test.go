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
	book, nothing := filepath.Join(dir, "book.md"), filepath.Join(dir, "nothing.md")
	const text = "# Queue: Postgres is down\n\n**Symptoms:**\n\n- 503 within 30 s\n- \"ECONNREFUSED\" in the logs\n"
	for path, text := range map[string]string{book: text, nothing: "# Queue\n\nCall Ann.\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	drafts := filepath.Join(dir, "drafts")
	if err := run(Options{Runbook: book, Out: drafts}, &out); err != nil || !strings.Contains(out.String(), "2 claims") {
		t.Errorf("%v\n%s", err, out.String())
	}
	for name, o := range map[string]Options{
		"a place for no drafts": {Out: drafts}, "an unknown service": {CI: "x"}, "no file": {Runbook: filepath.Join(dir, "missing")}, "there already": {Runbook: book, Out: drafts},
		"nowhere to write": {Runbook: book, Out: filepath.Join(book, "b")}, "nothing to draft": {Runbook: nothing, Out: filepath.Join(dir, "other")},
	} {
		if err := run(o, &out); exit.Code(err) != 2 {
			t.Errorf("%s: exit %d: %v", name, exit.Code(err), err)
		}
	}
}
