package defects

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// build compiles the service as users do, with the given tags.
func build(t *testing.T, tags string) []byte {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "event-service")
	command := exec.Command("go", "build", "-tags", tags, "-o", binary, "github.com/runproof/runproof/cmd/event-service")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("build with tags %q: %v\n%s", tags, err, out)
	}
	b, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// An ordinary binary contains nothing of this package. The tagged one shows
// that the look would find it.
func TestAnOrdinaryBuildHasNoDefect(t *testing.T) {
	if testing.Short() {
		t.Skip("two builds take seconds")
	}
	ordinary, tagged := build(t, ""), build(t, "defects")
	traces := []string{"--defect", "internal/defects"}
	for _, d := range All() {
		traces = append(traces, d.Name, d.Sees)
	}
	for _, trace := range traces {
		if !bytes.Contains(tagged, []byte(trace)) {
			t.Errorf("the tagged build lacks %q: the look proves nothing", trace)
		}
		if bytes.Contains(ordinary, []byte(trace)) {
			t.Errorf("an ordinary build contains %q", trace)
		}
	}
}
