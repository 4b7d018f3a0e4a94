package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/runproof/runproof/scenarios/ledger"
)

// The parts of SARIF 2.1.0 (OASIS standard) that code scanning shows.
type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region struct {
				StartLine   int `json:"startLine"`
				StartColumn int `json:"startColumn"`
			} `json:"region"`
		} `json:"physicalLocation"`
	}
)

// sarifRules say what each rule finds.
var sarifRules = []struct{ id, finds string }{
	{"scenario-failed", "The service broke a promise of the runbook"},
	{"scenario-undecided", "A scenario could not be decided"},
	{"statement-false", "The service, or a command as printed, did something else than the runbook says"},
	{"statement-hazard", "The statement is true, yet harmful or misleading as written"},
	{"statement-stale", "The runbook now states another fact than the one that was tested"},
}

// SARIF renders what is wrong for code scanning, which shows each at its line of
// the runbook; what is of no line, at the first.
func SARIF(r ledger.RunResult) ([]byte, error) {
	var rules []map[string]any
	for _, rule := range sarifRules {
		rules = append(rules, map[string]any{"id": rule.id, "shortDescription": sarifText{rule.finds}})
	}
	results := []sarifResult{}
	for _, p := range problems(r) {
		level := "warning"
		if p.failing {
			level = "error"
		}
		var at sarifLocation
		at.Physical.Artifact.URI = (&url.URL{Path: filepath.ToSlash(filepath.Clean(line(r.Provenance.Runbook.Name)))}).String()
		at.Physical.Region.StartLine, at.Physical.Region.StartColumn = max(p.line, 1), max(p.column, 1)
		results = append(results, sarifResult{
			RuleID: p.rule, Level: level, Message: sarifText{line(p.subject) + ": " + clip(line(p.text), maxCell)},
			Locations: []sarifLocation{at}, Fingerprints: map[string]string{"subject/v1": p.rule + " " + line(p.subject)},
		})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(map[string]any{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []any{map[string]any{
			"tool":       map[string]any{"driver": map[string]any{"name": "runproof", "rules": rules}},
			"columnKind": "unicodeCodePoints", "results": results,
		}},
	}); err != nil {
		return nil, fmt.Errorf("sarif: %w", err)
	}
	return b.Bytes(), nil
}
