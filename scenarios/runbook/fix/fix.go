// Package fix applies to a runbook the changes that findings propose and that
// a machine can make, and shows them as a diff.
package fix

import (
	"bytes"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
)

// Apply makes the changes of a text that can be made: each at the first place,
// from its line on, where the old text stands; of two that overlap the first.
// The number of those made is returned. Line ends and a byte order mark stay
// as they are.
func Apply(source []byte, fixes []ledger.Fix) ([]byte, int) {
	text, ends := plain(source)
	type place struct{ from, to, order int }
	starts := []int{0}
	for i := range text {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	var places []place
	for n, m := range fixes {
		if m.Old == "" || m.Line < 1 || m.Line > len(starts) {
			continue
		}
		from := starts[m.Line-1]
		end := len(text)
		if m.Line < len(starts) {
			end = starts[m.Line]
		}
		// It begins in its line; further down it would be another's.
		if at := strings.Index(text[from:], m.Old); at >= 0 && from+at < end {
			places = append(places, place{from + at, from + at + len(m.Old), n})
		}
	}
	sort.SliceStable(places, func(i, j int) bool { return places[i].from < places[j].from })
	var b strings.Builder
	at, made := 0, 0
	for _, p := range places {
		if p.from < at || text[p.from:p.to] == fixes[p.order].New {
			continue
		}
		b.WriteString(text[at:p.from])
		b.WriteString(fixes[p.order].New)
		at, made = p.to, made+1
	}
	b.WriteString(text[at:])
	return ends.restore(b.String()), made
}

// form is how a file is written, besides its text.
type form struct{ mark, carriage bool }

const byteOrderMark = "\xef\xbb\xbf"

func plain(source []byte) (string, form) {
	f := form{mark: bytes.HasPrefix(source, []byte(byteOrderMark)), carriage: bytes.Contains(source, []byte("\r\n"))}
	text := strings.TrimPrefix(string(source), byteOrderMark)
	return strings.ReplaceAll(text, "\r\n", "\n"), f
}

func (f form) restore(text string) []byte {
	if f.carriage {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if f.mark {
		text = byteOrderMark + text
	}
	return []byte(text)
}

// mostRounds bounds how often a runbook is read again: a fix that brings a new
// one about is followed, one that goes round in circles is not.
const mostRounds = 20

// Until applies what find proposes until it proposes nothing that can be done
// any more. The number of changes is returned.
func Until(source []byte, find func([]byte) []ledger.Fix) ([]byte, int) {
	all := 0
	for range mostRounds {
		next, made := Apply(source, find(source))
		if made == 0 {
			break
		}
		source, all = next, all+made
	}
	return source, all
}
