package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile is what a terminal would obey, and a line that never ends.
const hostile = "\x1b]0;owned\x07\rPASSED\u009b2J\xff\u202eevil"

// Red while the streams went to the commands as they are: each of these printed
// what it was given. By hand: take screen.New out of Run.
func TestNothingATerminalObeysIsPrinted(t *testing.T) {
	document := filepath.Join(t.TempDir(), "runbook.md")
	text := "# Runbook\n\n## Database " + hostile + "\n\n- Health check returns 503 " + hostile + "\n\n```sh\nkubectl get pods " + hostile + "\n```\n"
	if err := os.WriteFile(document, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"explain", hostile},
		{"verify", hostile},
		{"verify", "--stack", hostile},
		{hostile},
		{"lint", "--runbook", document},
		{"lint", "--runbook", hostile},
		{"init", "--runbook", document},
	} {
		var out, errs bytes.Buffer
		Run(args, &out, &errs)
		for _, printed := range []string{out.String(), errs.String()} {
			bad := strings.IndexFunc(strings.ReplaceAll(printed, "\n", ""), func(r rune) bool {
				return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r)
			})
			if bad >= 0 || !utf8.ValidString(printed) {
				t.Errorf("%.30q: printed %.300q", args, printed)
			}
		}
		if out.Len()+errs.Len() == 0 {
			t.Errorf("%.30q: nothing was printed: an empty look proves nothing", args)
		}
	}
}
