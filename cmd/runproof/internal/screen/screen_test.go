package screen

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatATerminalObeysIsShown(t *testing.T) {
	for in, want := range map[string]string{
		"plain, ümlaut, 日本, \ttab\n": "plain, ümlaut, 日本, \ttab\n",
		"\x1b]0;title\x07":           `\u001b]0;title\u0007`,
		"ok\rFAILED":                 `ok\u000dFAILED`,
		"a line\r\nanother":          "a line\r\nanother",
		"\u009b31m\u0085":            `\u009b31m\u0085`,
		"\x9b31m\xff":                `\x9b31m\xff`,
		"safe\u202egnp.exe\u2066":    `safe\u202egnp.exe\u2066`,
		"back\b\x7f\x00\u2028\ufeff": `back\u0008\u007f\u0000\u2028\ufeff`,
		"the replacement \ufffd":     "the replacement \ufffd",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		for cut := range len(in) + 1 { // wherever it is cut in two
			var b bytes.Buffer
			w := New(&b)
			for _, part := range []string{in[:cut], in[cut:], "\n"} {
				if n, err := io.WriteString(w, part); err != nil || n != len(part) {
					t.Fatal(n, err)
				}
			}
			if got := b.String(); got != want+"\n" {
				t.Errorf("%q cut at %d: %q, want %q", in, cut, got, want+"\n")
			}
		}
	}
}

func TestALineIsBounded(t *testing.T) {
	got := Line("one\ntwo\r\n" + strings.Repeat("é", 3*lineLimit))
	if n := utf8.RuneCountInString(got); n > lineLimit+20 || strings.Contains(got, "\n") || !strings.HasPrefix(got, "one; two; é") {
		t.Errorf("%d runes: %.40q", n, got)
	}
}

// The command's streams are wrapped once, in cli.Run. Whoever writes to the
// process's own goes around it.
func TestNobodyElseWritesToTheTerminal(t *testing.T) {
	files := 0
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if filepath.Base(path) != "main.go" && (strings.Contains(string(text), "os.Stdout") || strings.Contains(string(text), "os.Stderr")) {
			t.Errorf("%s writes past the screen: take cmd.OutOrStdout", path)
		}
		return err
	})
	if err != nil || files < 20 {
		t.Errorf("%d files: %v", files, err)
	}
}
