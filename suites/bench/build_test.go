package bench_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/child"
)

// rebuild builds the command after an edit of a scenario and returns how long that
// took. The edit is an overlay: no file of the repository is touched.
func rebuild(t *testing.T) time.Duration {
	t.Helper()
	original, err := filepath.Abs(filepath.Join("..", "..", "scenarios", "symptoms", "database_refused.go"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	edited, overlay := filepath.Join(dir, "edited.go"), filepath.Join(dir, "overlay.json")
	// New each time, or the build would find it in its cache.
	text = fmt.Appendf(text, "\n// Edited is new.\nconst Edited = %d\n", time.Now().UnixNano())
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {original: edited}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string][]byte{edited: text, overlay: replaced} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := child.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-o", filepath.Join(dir, "runproof"), "./cmd/runproof")
	cmd.Env = child.Environment("GO*", "CGO_*", "CC", "HOME", "TMPDIR")
	cmd.Dir = filepath.Join("..", "..")
	began := time.Now()
	if output, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, output)
	}
	return time.Since(began)
}
