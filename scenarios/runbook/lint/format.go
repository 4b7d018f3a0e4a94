package lint

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Text renders findings for a terminal: a line each, its reason and what to
// write instead beneath it.
func Text(name string, list []Finding) []byte {
	var b bytes.Buffer
	for _, f := range list {
		fmt.Fprintf(&b, "%s:%d:%d: %s [%s]\n    why:      %s\n    proposal: %s\n", name, f.Line, f.Column, f.Text, f.Rule, f.Why, f.Proposal)
	}
	return b.Bytes()
}

// JSON renders findings for other programs.
func JSON(name string, list []Finding) ([]byte, error) {
	return encode(struct {
		Runbook  string    `json:"runbook"`
		Findings []Finding `json:"findings"`
	}{name, list})
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(v)
	return b.Bytes(), err
}
