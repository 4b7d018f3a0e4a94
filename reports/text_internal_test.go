package reports

import (
	"bytes"
	"testing"
	"time"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ttext\n":                   "plain\ttext\n",
		"a\r\nb\rc\u2028d":                "a\nb\nc\nd",
		"\x1b[1;31mred\x1b[0m":            "red",
		"\x1b]8;;http://x/\x07link\x1b\\": "link\\",
		"\x1b\x1b[0m[0m":                  "[0m",
		"nul\x00 del\x7f c1\u009b31m":     "nul del c131m",
		"half \xe2\x82":                   "half \uFFFD\uFFFD",
		"\u202Eabc\u2066\uFFFE":           "abc",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}

// TestFence: no line of the text may end the block, however many backticks it has.
func TestFence(t *testing.T) {
	var b bytes.Buffer
	fence(&b, "before\n````\nafter\n")
	if got, want := b.String(), "\n`````text\nbefore\n````\nafter\n`````\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 1499 * time.Microsecond: "1ms", 312400 * time.Microsecond: "312ms",
		1240 * time.Millisecond: "1.2s", 61400 * time.Millisecond: "1m1s",
	} {
		if got := duration(d); got != want {
			t.Errorf("%d became %s, not %s", d, got, want)
		}
	}
}

func TestReferencesKeepsWhatIsHarmless(t *testing.T) {
	for in, want := range map[string]string{
		`GET /api/v1/events answers 503 by 5s: "UP", (x)`: `GET /api/v1/events answers 503 by 5s: "UP", (x)`,
		"a|b": "a&#124;b", "<b>": "&#60;b&#62;", "www.x.test": "www&#46;x.test", "http://x": "http&#58;//x", "@me": "&#64;me",
	} {
		if got := references(in); got != want {
			t.Errorf("%q became %q, not %q", in, got, want)
		}
	}
}
