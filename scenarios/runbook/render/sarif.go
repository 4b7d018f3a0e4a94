package render

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// The parts of SARIF 2.1.0 (OASIS standard) that code scanning shows.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Full  sarifText `json:"fullDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// SARIF renders findings for code scanning, which shows each at its line. A
// document's name is its path as the repository knows it.
func SARIF(list []lint.Linted, rules []lint.Rule) ([]byte, error) {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "runproof lint"}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	index := map[string]int{}
	for i, r := range rules {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: r.ID, Short: sarifText{r.Title}, Full: sarifText{r.Why}})
	}
	for _, l := range list {
		uri := strings.ReplaceAll(filepath.ToSlash(filepath.Clean(l.Name)), " ", "%20")
		for _, f := range l.Findings {
			run.Results = append(run.Results, resultOf(uri, index[f.Rule], f))
		}
	}
	return encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

func resultOf(uri string, rule int, f lint.Finding) sarifResult {
	// What stays the same when lines are added above.
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.Statement + "\x00" + f.Claim + "\x00" + f.Text))
	r := sarifResult{
		RuleID: f.Rule, RuleIndex: rule, Level: level(f.Severity),
		Message:      sarifText{f.Text + ". Why it matters: " + f.Why + ". Proposal: " + f.Proposal + "."},
		Locations:    []sarifLocation{{sarifPhysical{sarifArtifact{uri}, sarifRegion{f.Line, f.Column}}}},
		Fingerprints: map[string]string{"statement/v1": hex.EncodeToString(sum[:8])},
	}
	for _, line := range f.Others {
		r.Related = append(r.Related, sarifLocation{sarifPhysical{sarifArtifact{uri}, sarifRegion{line, 1}}})
	}
	return r
}

// level is SARIF's word for a severity.
func level(s lint.Severity) string {
	if s == lint.Info {
		return "note"
	}
	return string(s)
}
