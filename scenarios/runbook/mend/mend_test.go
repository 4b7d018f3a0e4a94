package mend_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/mend"
)

func TestApply(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		mends []ledger.Mend
		want  string
		made  int
	}{
		"one":                     {"a b\nc b\n", []ledger.Mend{{Line: 2, Old: "b", New: "x"}}, "a b\nc x\n", 1},
		"two in a line":           {"a b c\n", []ledger.Mend{{Line: 1, Old: "c", New: "y"}, {Line: 1, Old: "a", New: "x"}}, "x b y\n", 2},
		"overlapping":             {"a b c\n", []ledger.Mend{{Line: 1, Old: "a b", New: "x"}, {Line: 1, Old: "b c", New: "y"}}, "x c\n", 1},
		"not in this line":        {"a\nb\n", []ledger.Mend{{Line: 1, Old: "b", New: "x"}}, "a\nb\n", 0},
		"over two lines":          {"a\nb\nc\n", []ledger.Mend{{Line: 1, Old: "a\nb", New: "x"}}, "x\nc\n", 1},
		"no such line":            {"a\n", []ledger.Mend{{Line: 9, Old: "a", New: "x"}, {Line: 0, Old: "a", New: "x"}}, "a\n", 0},
		"nothing to change":       {"a\n", []ledger.Mend{{Line: 1, Old: "a", New: "a"}, {Line: 1, Old: "", New: "x"}}, "a\n", 0},
		"line ends and mark stay": {"\ufeffa\r\nb\r\n", []ledger.Mend{{Line: 1, Old: "a\nb", New: "x\ny"}}, "\ufeffx\r\ny\r\n", 1},
	} {
		if got, made := mend.Apply([]byte(c.text), c.mends); string(got) != c.want || made != c.made {
			t.Errorf("%s: %q, %d made", name, got, made)
		}
	}
}

// TestUntilEnds: a proposal that goes round in circles is given up.
func TestUntilEnds(t *testing.T) {
	flip := func(text []byte) []ledger.Mend {
		return []ledger.Mend{{Line: 1, Old: "a", New: "b"}, {Line: 1, Old: "b", New: "a"}}
	}
	if _, made := mend.Until([]byte("a\n"), flip); made != 20 {
		t.Errorf("%d made", made)
	}
}

// TestPatchReadsTheDiff hands each diff to patch, and to patch -R.
func TestPatchReadsTheDiff(t *testing.T) {
	many := strings.Repeat("same\n", 20)
	texts := []string{
		"", "a\n", "b\n", "a\nb\n", "no newline", many, "first\n" + many, many + "last\n", many + "mid\n" + many, many + "mid\n" + many + "end", "x\n" + many + "mid\nmid2\n" + many + "y\n",
	}
	patch, err := exec.LookPath("patch")
	for _, from := range texts {
		for _, to := range texts {
			diff := mend.Diff("old", "new", []byte(from), []byte(to))
			if (diff == "") != (from == to) {
				t.Errorf("%q, %q: %q", from, to, diff)
			}
			if err != nil || from == to {
				continue
			}
			for _, way := range []struct{ have, want, flag string }{{from, to, "-N"}, {to, from, "-R"}} {
				file := filepath.Join(t.TempDir(), "file")
				if err := os.WriteFile(file, []byte(way.have), 0o644); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(patch, "-s", "-f", way.flag, file)
				cmd.Stdin = strings.NewReader(diff)
				out, err := cmd.CombinedOutput()
				got, _ := os.ReadFile(file)
				if err != nil || string(got) != way.want {
					t.Errorf("%q to %q (%s): %v %s\n%s", from, to, way.flag, err, out, diff)
				}
			}
		}
	}
	if err != nil {
		t.Skip("patch is not on this machine: no diff was tried by it")
	}
}
