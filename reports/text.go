package reports

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// maxCell bounds the text of one table cell, in runes: a comment on a pull
// request may have no more than 65536 characters altogether.
const maxCell = 300

// nothing stands where there is no value.
const nothing = "-"

// ansi matches terminal sequences: CSI (colours, cursor) and OSC (titles, links).
var ansi = regexp.MustCompile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)?")

// clean makes text from outside fit to be shown anywhere. It removes terminal
// sequences, control characters other than newline and tab, characters that
// turn the direction of writing, and what XML 1.0 forbids (section 2.2);
// bytes that are no UTF-8 become U+FFFD.
func clean(s string) string {
	s = ansi.ReplaceAllString(s, "")
	s = lineEnds.Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}

// lineEnds makes every end of a line a newline. It is made once: that takes longer
// than to use it.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n")

// line is clean text in one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// clip shortens text to n runes.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n-1]) + "…"
}

// duration is d as precisely as anybody cares: milliseconds below a second,
// tenths below a minute, else seconds.
func duration(d time.Duration) string {
	switch {
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}

// maybe is a duration that may not have been measured.
func maybe(d *time.Duration) string {
	if d == nil {
		return nothing
	}
	return duration(*d)
}

// verdict names a verdict; the zero value too.
func verdict(v judge.Verdict) string {
	if v == judge.Unknown {
		return "Unknown"
	}
	return line(string(v))
}

// mode names the mode of a run; a result that was never judged has none.
func mode(m scenarios.Mode) string {
	if m == "" {
		return string(scenarios.Verify)
	}
	return line(string(m))
}

// phase names the phase of a witness report and, where the scenario has several
// faults, which of them it is about.
func phase(res judge.Result, p scenarios.Phase, stage int) string {
	name := line(string(p))
	if len(res.Faults) > 1 && stage >= 0 && stage < len(res.Faults) {
		return name + " (" + line(res.Faults[stage]) + ")"
	}
	return name
}

// during names the phase of an outcome: only under a fault does it matter
// which one, as Steady, After and Always are looked at once.
func during(res judge.Result, o judge.Outcome) string {
	if o.Phase == scenarios.PhaseDuring {
		return phase(res, o.Phase, o.Stage)
	}
	return line(string(o.Phase))
}

var shellSafe = regexp.MustCompile(`^[A-Za-z0-9._/-]+$`)

// shell quotes a word for a shell, where it needs that.
func shell(word string) string {
	if word = line(word); shellSafe.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
