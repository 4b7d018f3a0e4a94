package lint

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// TestTheLinesOfAFileNeedNoExport asks for export only where a program follows.
func TestTheLinesOfAFileNeedNoExport(t *testing.T) {
	for text, want := range map[string]int{
		"PGPASSWORD=a\npsql -h db shop":      1,
		"# .env\nPGPASSWORD=a\nPGUSER=shop":  0,
		"PGPASSWORD=\"$(cat f)\"\npsql shop": 1,
	} {
		d := document.Parse([]byte("# A\n\n```bash\n" + text + "\n```\n"))
		got := 0
		for _, f := range Run(Input{Document: d}, []Rule{variable}) {
			if strings.Contains(f.Text, "not exported") {
				got++
			}
		}
		if got != want {
			t.Errorf("%d findings, want %d in\n%s", got, want, text)
		}
	}
}
