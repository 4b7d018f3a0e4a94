package accept

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

func TestRead(t *testing.T) {
	const tail = "    reason: known\n    until: 2030-12-31\n"
	for text, want := range map[string]string{
		"": "empty",
		"accepted:\n  - claim: c\n    reason: known\n":                                "until",
		"accepted:\n  - claim: c\n    until: 2030-12-31\n":                            "no reason",
		"accepted:\n  - claim: c\n    reason: known\n    until: soon\n":               `"soon"`,
		"accepted:\n  - scenario: s\n" + tail:                                         "entry 1",
		"accepted:\n  - claim: c\n" + tail + "  - claim: c\n    scenario: s\n" + tail: "entry 2",
		"accepted:\n  - scenario: s\n    time: to sleep\n" + tail:                     "to detect, to recover",
		"accepted:\n  - claims: c\n" + tail:                                           "claims",
		"accept:\n  - claim: c\n" + tail:                                              "accept",
	} {
		path := filepath.Join(t.TempDir(), "accept.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Read(path)
		if err == nil || exit.Code(err) != judge.ExitUsage || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none.yaml")); exit.Code(err) != judge.ExitUsage {
		t.Errorf("no file: %v", err)
	}
	got, err := parse([]byte("accepted:\n  - scenario: s\n    expectation: 'GET / answers 503'\n    reason: known\n    until: 2030-12-31\n"))
	want := ledger.Deviation{Scenario: "s", Expectation: "GET / answers 503", Reason: "known", Until: "2030-12-31"}
	if err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("%+v, %v", got, err)
	}
}
