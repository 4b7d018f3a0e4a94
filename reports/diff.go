package reports

import (
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
)

// diffLine is a line of the document that a fix takes out or puts in.
type diffLine struct {
	// Sign is "-" or "+".
	Sign, Text string
}

// diffOf shows a fix as the lines of the document that it changes; nil where there is
// none, or the document is another one.
func diffOf(document string, fix *ledger.Fix) []diffLine {
	if fix == nil || fix.Old == "" || fix.Line < 1 {
		return nil
	}
	document = strings.Join(linesOf(document), "\n") + "\n"
	begin := 0
	for range fix.Line - 1 {
		end := strings.IndexByte(document[begin:], '\n')
		if end < 0 {
			return nil
		}
		begin += end + 1
	}
	at := strings.Index(document[begin:], fix.Old)
	if at < 0 {
		return nil
	}
	at += begin
	from := strings.LastIndexByte(document[:at], '\n') + 1
	to := at + len(fix.Old)
	if end := strings.IndexByte(document[to:], '\n'); end >= 0 && !strings.HasSuffix(fix.Old, "\n") {
		to += end
	} else {
		to = max(to-1, from)
	}
	after := strings.TrimSuffix(document[from:at]+fix.New+document[min(at+len(fix.Old), to):to], "\n")
	var list []diffLine
	for _, text := range strings.Split(document[from:to], "\n") {
		list = append(list, diffLine{"-", cleanLine(text)})
	}
	if after == "" {
		return list
	}
	for _, text := range strings.Split(after, "\n") {
		list = append(list, diffLine{"+", cleanLine(text)})
	}
	return list
}
