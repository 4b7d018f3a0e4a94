package timeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Excerpt is what a service logged around some time: a line of each kind, since what
// goes wrong is logged many times.
type Excerpt struct {
	// Around is the time.
	Around time.Time
	Lines  []LogLine
	// Omitted are kinds of lines of that time that are not shown.
	Omitted int
}

// LogLine is the first line of its kind.
type LogLine struct {
	At time.Time
	// Count is how many lines differ from this one by nothing but numbers and ids.
	Count int
	Text  string
	// Severe says that the line tells of a warning or of an error.
	Severe bool
}

const (
	// excerptBefore and excerptAfter bound the time that an excerpt is of.
	excerptBefore = time.Second
	excerptAfter  = 3 * time.Second
	// excerptLines bounds the lines that are shown, excerptKinds those that are told apart.
	excerptLines = 10
	excerptKinds = 500
	// maxLogLine bounds a line, in bytes; maxLogFile the line that is read.
	maxLogLine = 4096
	maxLogFile = 1 << 20
)

var (
	severe = regexp.MustCompile(`(?i)\b(?:warn(?:ing)?|error|err|fatal|panic|critical|exception)\b`)
	// varying is what differs from one line of a kind to the next.
	varying = regexp.MustCompile(`[0-9a-fA-F]*[0-9][0-9a-fA-F]*`)
)

// ReadExcerpt reads what a service logged around a time: lines that each begin with the
// time in the form of RFC 3339 and the name of the stream. Where there are too many kinds
// of lines, those of warnings and errors come first, then those that are nearest.
func ReadExcerpt(log io.Reader, around time.Time) (Excerpt, error) {
	x := Excerpt{Around: around}
	kinds := map[string]int{}
	from, to := around.Add(-excerptBefore).UTC(), around.Add(excerptAfter).UTC()
	first, last := from.Format(second), to.Format(second)
	lines := bufio.NewReaderSize(log, maxLogFile)
	for done := false; !done; {
		raw, err := lines.ReadSlice('\n')
		// A line of another second is told by its first letters, and time goes up.
		if begin := stampOf(raw); string(begin) > last {
			break
		} else if string(begin) >= first {
			if at, text, ok := parse(raw); ok && !at.Before(from) && !at.After(to) {
				x.take(kinds, at, text)
			}
		}
		for errors.Is(err, bufio.ErrBufferFull) { // the rest of a line that is too long
			_, err = lines.ReadSlice('\n')
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return x, err
		}
		done = err != nil
	}
	if len(x.Lines) > excerptLines {
		x.Omitted += len(x.Lines) - excerptLines
		slices.SortStableFunc(x.Lines, func(a, b LogLine) int {
			if a.Severe != b.Severe {
				if a.Severe {
					return -1
				}
				return 1
			}
			return int(a.At.Sub(around).Abs() - b.At.Sub(around).Abs())
		})
		x.Lines = x.Lines[:excerptLines]
		slices.SortStableFunc(x.Lines, func(a, b LogLine) int { return a.At.Compare(b.At) })
	}
	return x, nil
}

func (x *Excerpt) take(kinds map[string]int, at time.Time, text string) {
	text, kind := inWords(text)
	if place, known := kinds[kind]; known {
		x.Lines[place].Count++
		return
	}
	if len(x.Lines) >= excerptKinds {
		x.Omitted++
		return
	}
	kinds[kind] = len(x.Lines)
	x.Lines = append(x.Lines, LogLine{At: at, Count: 1, Text: text, Severe: severe.MatchString(text)})
}

// inWords is a line as people read it, and what it has in common with others of its kind.
// One that is a JSON object begins with its level and message, and says nothing of the time.
func inWords(text string) (words, kind string) {
	fields, ok := fieldsOf(text)
	if !ok {
		return text, varying.ReplaceAllString(text, "0")
	}
	var first, rest []string
	for _, names := range [][]string{{"level", "severity", "lvl"}, {"msg", "message"}} {
		for _, f := range fields {
			if slices.Contains(names, f.name) {
				first = append(first, f.value)
			}
		}
	}
	for _, f := range fields {
		switch f.name {
		case "level", "severity", "lvl", "msg", "message", "time", "timestamp", "ts", "@timestamp":
		default:
			rest = append(rest, f.name+"="+f.value)
		}
	}
	kind = varying.ReplaceAllString(strings.Join(first, " "), "0")
	if len(first) == 0 {
		kind = varying.ReplaceAllString(text, "0")
	}
	return strings.Join(append(first, rest...), " "), kind
}

type field struct{ name, value string }

// fieldsOf are the fields of a JSON object in their order.
func fieldsOf(text string) (fields []field, ok bool) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, false
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, false
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, false
		}
		f := field{name.(string), string(value)}
		if s := ""; json.Unmarshal(value, &s) == nil {
			f.value = s
		}
		fields = append(fields, f)
	}
	return fields, true
}

// second is a time to the second, as a line begins with it.
const second = "2006-01-02T15:04:05"

// stampOf is the second at which a line was written; nothing where it does not begin with
// a time.
func stampOf(raw []byte) []byte {
	if len(raw) < len(second) || raw[4] != '-' || raw[10] != 'T' {
		return nil
	}
	return raw[:len(second)]
}

// parse takes time and stream off a line.
func parse(raw []byte) (at time.Time, text string, ok bool) {
	stamp, rest, found := strings.Cut(strings.TrimRight(string(raw[:min(len(raw), maxLogLine+64)]), "\n"), " ")
	if !found {
		return at, "", false
	}
	at, err := time.Parse(time.RFC3339Nano, stamp)
	_, text, found = strings.Cut(rest, " ")
	return at, strings.ToValidUTF8(text, "\uFFFD"), err == nil && found
}
