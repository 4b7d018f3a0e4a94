package lint

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// second is a runbook with many mistakes in it.
const second = "../../../../scenarios/runbook/testdata/payment-service/runbook.md"

func TestFixLeavesNothingToFix(t *testing.T) {
	books := []string{second}
	if original := os.Getenv("RUNPROOF_ORIGINAL_RUNBOOK"); original != "" {
		books = append(books, original)
	}
	for _, book := range books {
		before, err := os.ReadFile(book)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "fixed.md")
		var diff bytes.Buffer
		if code := codeOf(run(Options{Runbook: book, Output: "text", Fix: copied}, &diff)); code != findings {
			t.Errorf("exit %d: there is still work for a person", code)
		}
		if after, _ := os.ReadFile(book); !bytes.Equal(before, after) {
			t.Error("the runbook itself was changed")
		}
		fixed, _ := os.ReadFile(copied)
		had, has := lint.Run(input(runbook.Embedded(), book, before), allRules()), lint.Run(input(runbook.Embedded(), book, fixed), lint.Rules())
		if left := lint.Fixes(has); len(left) > 0 {
			t.Errorf("could still be fixed: %+v", left)
		}
		if n := len(lint.Fixes(had)); n < 5 || len(has) > len(had)-n+1 {
			t.Errorf("%d findings, %d to fix; %d are left", len(had), n, len(has))
		}
		if !strings.HasPrefix(diff.String(), "--- "+book+"\n+++ "+copied+"\n@@ ") {
			t.Errorf("no diff: %.80s", diff.String())
		}
		if got := patched(t, before, diff.Bytes()); !bytes.Equal(got, fixed) {
			t.Errorf("patch makes another text of it:\n%s", diff.String())
		}
		// Once more changes nothing.
		var again bytes.Buffer
		_ = run(Options{Runbook: copied, Output: "text", Fix: copied}, &again)
		if twice, _ := os.ReadFile(copied); !bytes.Equal(fixed, twice) || !strings.HasPrefix(again.String(), "0 fixed") {
			t.Errorf("fixed again: %s", again.String())
		}
	}
}

// patched is what patch makes of a text. It skips the report below the diff.
func patched(t *testing.T, text, diff []byte) []byte {
	t.Helper()
	patch, err := exec.LookPath("patch")
	if err != nil {
		t.Skip("patch is not on this machine: no diff was tried by it")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := child.CommandContext(t.Context(), patch, "-s", "-f", file)
	cmd.Stdin = bytes.NewReader(diff)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("patch: %v %s", err, out)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFixMendsWhatARunFound(t *testing.T) {
	text := []byte("# Cache\n\n```bash\nredis-cli KEYS \"a:*\" | xargs redis-cli DEL\n```\n")
	dir := t.TempDir()
	book, bundle, out := filepath.Join(dir, "book.md"), filepath.Join(dir, "run"), filepath.Join(dir, "fixed.md")
	write := func(path string, text []byte) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write(book, text)
	result := ledger.RunResult{ID: "r", Findings: []ledger.Finding{{Line: 4, Fix: &ledger.Fix{Line: 4, Old: "xargs redis-cli DEL", New: "xargs -r redis-cli DEL"}}}}
	result.Provenance.Runbook = runbook.Identify(book, text)
	raw, err := reports.JSON(result)
	if err != nil {
		t.Fatal(err)
	}
	write(filepath.Join(bundle, reports.ResultFile), raw)
	var diff bytes.Buffer
	o := Options{Runbook: book, Output: "text", Fix: out, Findings: bundle}
	_ = run(o, &diff)
	if !strings.Contains(diff.String(), "-redis-cli KEYS \"a:*\" | xargs redis-cli DEL\n+redis-cli KEYS \"a:*\" | xargs -r redis-cli DEL\n") {
		t.Error(diff.String())
	}
	write(book, append(text, '\n'))
	if code := codeOf(run(o, &diff)); code != judge.ExitUsage {
		t.Errorf("exit %d for a bundle of another text", code)
	}
}

func TestFixRefuses(t *testing.T) {
	for _, o := range []Options{
		{Output: "text", Findings: "x"}, {Output: "json", Fix: "x"}, {Output: "text", Fix: "x", Lock: true},
		{Output: "text", Fix: filepath.Join(t.TempDir(), "no", "such", "folder")}, {Output: "text", Fix: filepath.Join(t.TempDir(), "x"), Findings: t.TempDir()},
	} {
		if code := codeOf(run(o, &bytes.Buffer{})); code != judge.ExitUsage {
			t.Errorf("%+v: exit %d", o, code)
		}
	}
}

func codeOf(err error) int {
	var e *exit.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}
