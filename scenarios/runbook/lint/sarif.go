package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
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

// SARIF renders findings for code scanning, which shows each at its line. The
// name is the document's path as the repository knows it.
func SARIF(name string, list []Finding, rules []Rule) ([]byte, error) {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "runproof lint"}}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	index := map[string]int{}
	for i, r := range rules {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: r.ID, Short: sarifText{r.Title}, Full: sarifText{r.Why}})
	}
	uri := strings.ReplaceAll(filepath.ToSlash(filepath.Clean(name)), " ", "%20")
	for _, f := range list {
		// What stays the same when lines are added above.
		sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.Statement + "\x00" + f.Claim + "\x00" + f.Text))
		run.Results = append(run.Results, sarifResult{
			RuleID: f.Rule, RuleIndex: index[f.Rule], Level: level(f.Severity),
			Message: sarifText{f.Text + ". Why it matters: " + f.Why + ". Proposal: " + f.Proposal + "."},
			Locations: []sarifLocation{{sarifPhysical{
				Artifact: sarifArtifact{uri}, Region: sarifRegion{StartLine: f.Line, StartColumn: f.Column},
			}}},
			Fingerprints: map[string]string{"statement/v1": hex.EncodeToString(sum[:8])},
		})
	}
	return encode(sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// level is SARIF's word for a severity.
func level(s Severity) string {
	if s == Info {
		return "note"
	}
	return string(s)
}
