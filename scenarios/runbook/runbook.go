// Package runbook is the document on trial: the claims that the scenarios can
// prove, the project's own edition of the event-service runbook, and the
// counter-examples without which no claim is called TRUE.
package runbook

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// EditionName is how reports call the embedded edition.
const EditionName = "event-service.md (embedded edition)"

//go:embed edition/event-service.md
var edition []byte

// counterExamples is written by "make defects".
//
//go:embed counterexamples.json
var counterExamples []byte

// Edition is the project's own edition of the runbook.
func Edition() []byte { return edition }

// Open identifies the document on trial: the file at path, or the embedded
// edition where path is empty.
func Open(path string) (record.Document, error) {
	text, err := Read(path)
	if err != nil {
		return record.Document{}, err
	}
	return Identify(path, text), nil
}

// Read is the text of the document on trial.
func Read(path string) ([]byte, error) {
	if path == "" {
		return edition, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("runbook: %w", err)
	}
	if len(text) == 0 {
		return nil, fmt.Errorf("runbook: %s is empty", path)
	}
	return text, nil
}

// Identify names a document and its text.
func Identify(path string, text []byte) record.Document {
	if path == "" {
		path = EditionName
	}
	return identify(path, text)
}

func identify(name string, text []byte) record.Document {
	sum := sha256.Sum256(text)
	return record.Document{Name: name, SHA256: hex.EncodeToString(sum[:])}
}

// CounterExamples are the defects of the reference service with which claims were
// found FALSE, each with the expectation that did it.
func CounterExamples() ledger.CounterExamples {
	var byClaim ledger.CounterExamples
	if err := json.Unmarshal(counterExamples, &byClaim); err != nil {
		panic(fmt.Sprintf("embedded counter-examples: %v", err))
	}
	return byClaim
}
