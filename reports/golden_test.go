package reports_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew instead of comparing with them")

// TestGolden compares the formats that programs read, and those that people read as
// text, with the files in testdata; what a browser makes of the pages is tested in
// reports/browser. After a change that is meant: go test ./reports -update, and read
// the difference.
func TestGolden(t *testing.T) {
	runs := map[string]ledger.RunResult{"passed": run(passed()), "mixed": mixed(), "empty": run(), "annotated": annotated(book, "503 after 12ms")}
	formats := append(reports.All(), reports.Format{
		Name:   "table.txt",
		Render: func(r reports.Run) ([]byte, error) { return []byte(reports.Table(r.Result)), nil },
	})
	for name, r := range runs {
		for _, f := range formats {
			if strings.HasSuffix(f.Name, ".html") || f.Name == reports.AnnotatedMarkdownFile && name != "annotated" {
				continue
			}
			t.Run(name+"/"+f.Name, func(t *testing.T) {
				got, err := f.Render(reports.Run{Result: r})
				if err != nil {
					t.Fatal(err)
				}
				golden(t, filepath.Join("testdata", name+"."+f.Name), got)
			})
		}
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if bytes.Equal(got, want) {
		return
	}
	gotLines, wantLines := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d\n got: %s\nwant: %s", path, i+1, gotLines[i], wantLines[i])
		}
	}
	t.Fatalf("%s: %d lines, not %d", path, len(gotLines), len(wantLines))
}

// TestSameBytes renders twice: a report is a function of the result alone.
func TestSameBytes(t *testing.T) {
	for _, f := range reports.All() {
		one, err := f.Render(reports.Run{Result: mixed()})
		if err != nil {
			t.Fatal(err)
		}
		if two, _ := f.Render(reports.Run{Result: mixed()}); !bytes.Equal(one, two) {
			t.Errorf("%s differs from one rendering to the next", f.Name)
		}
	}
}
