// Package render writes findings for people and for programs: text, JSON,
// SARIF, annotations of a workflow.
package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// Text renders findings for a terminal: a line each with its severity, its
// reason, the other lines with the same cause, and what to write instead: as a
// diff where it is sure.
func Text(name string, list []lint.Finding) []byte {
	var b bytes.Buffer
	for _, f := range list {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n    why:      %s\n", name, f.Line, f.Column, f.Severity, f.Text, f.Rule, f.Why)
		if len(f.Others) > 0 {
			fmt.Fprintf(&b, "    also in:  %s\n", numbers(f.Others))
		}
		fmt.Fprintf(&b, "    proposal: %s\n", f.Proposal)
		if f.Fix != nil {
			for _, line := range strings.Split(strings.TrimRight(diff(f.Fix.Old, f.Fix.New), "\n"), "\n") {
				fmt.Fprintf(&b, "      %s\n", line)
			}
		}
	}
	return b.Bytes()
}

// diff is the change of a text, without the header of a file.
func diff(old, now string) string {
	text := udiff.Unified("a", "b", old+"\n", now+"\n")
	for range 3 {
		_, text, _ = strings.Cut(text, "\n")
	}
	return text
}

// mostLines bounds how many lines of one cause are listed.
const mostLines = 20

// numbers are lines as a sentence lists them.
func numbers(lines []int) string {
	word := "line "
	if len(lines) > 1 {
		word = "lines "
	}
	more := ""
	if len(lines) > mostLines {
		more = fmt.Sprintf(" and %d more", len(lines)-mostLines)
		lines = lines[:mostLines]
	}
	return word + strings.ReplaceAll(strings.Trim(fmt.Sprint(lines), "[]"), " ", ", ") + more
}

// Annotations renders findings as workflow commands of GitHub Actions, which
// shows each at its line.
func Annotations(name string, list []lint.Finding) []byte {
	var b bytes.Buffer
	for _, f := range list {
		word := map[lint.Severity]string{lint.Error: "error", lint.Warning: "warning", lint.Info: "notice"}[f.Severity]
		message := f.Text + ".\n" + f.Why + ".\nProposal: " + f.Proposal
		if len(f.Others) > 0 {
			message += "\nAlso in " + numbers(f.Others)
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", word, property.Replace(name), f.Line, f.Column, property.Replace(f.Rule), data.Replace(message))
	}
	return b.Bytes()
}

// What workflow commands escape in their data, and in their properties.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// JSON renders the findings of one document for other programs.
func JSON(l lint.Linted) ([]byte, error) { return encode(l) }

// JSONOfAll renders those of several.
func JSONOfAll(list []lint.Linted) ([]byte, error) {
	return encode(struct {
		Documents []lint.Linted `json:"documents"`
	}{list})
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(v)
	return b.Bytes(), err
}
