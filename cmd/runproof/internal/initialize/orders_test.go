package initialize

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// mostEdited is how many lines of a draft a person has to change, at most, before it is
// played.
const mostEdited = 20

// The claims and scenarios by which the orders API is judged are the draft of its runbook,
// but for a few lines. By hand: change another four of them.
func TestTheOrdersAPIIsPlayedFromTheDraftOfItsRunbook(t *testing.T) {
	dir, drafts := filepath.Join("..", "..", "..", "..", "fixtures", "target", "testdata", "orders"), filepath.Join(t.TempDir(), "drafts")
	if err := run(Options{Runbook: filepath.Join(dir, "runbook.md"), Out: drafts}, io.Discard); err != nil {
		t.Fatal(err)
	}
	edited := 0
	for _, name := range []string{claimsFile, scenariosFile} {
		before, err := os.ReadFile(filepath.Join(drafts, name))
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range udiff.Lines(string(before), string(after)) {
			edited += strings.Count(string(before[e.Start:e.End]), "\n") + strings.Count(e.New, "\n")
			t.Logf("%s: - %s + %s", name, before[e.Start:e.End], e.New)
		}
	}
	if edited == 0 || edited > mostEdited {
		t.Errorf("%d lines were edited, not 1 to %d", edited, mostEdited)
	}
}
