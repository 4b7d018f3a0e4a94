package runbook

import (
	"path/filepath"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/lock"
)

// EditionPath is where the edition lies in the repository.
const EditionPath = "scenarios/runbook/edition/event-service.md"

// LockFile is where the lock of a runbook lies: beside it, or, for the
// edition, beside the claims.
func LockFile(path string) string {
	if path == "" {
		return "scenarios/runbook/" + lock.FileName
	}
	return filepath.Join(filepath.Dir(path), lock.FileName)
}

// Coverage counts the statements of a document.
type Coverage struct {
	Statements, Claimed, Untestable, Unclaimed int
}

// Cover counts how far claims and reasons account for a document.
func Cover(r *binding.Report) Coverage {
	c := Coverage{Statements: len(r.Document.Statements)}
	for i, s := range r.Document.Statements {
		bound := r.Of(i)
		switch {
		case Excuse(s, bound) != "":
			c.Untestable++
		case len(bound) > 0:
			c.Claimed++
		default:
			c.Unclaimed++
		}
	}
	return c
}

// Percent is the share of statements that are accounted for; an empty document
// has none.
func (c Coverage) Percent() int {
	if c.Statements == 0 {
		return 0
	}
	return 100 * (c.Claimed + c.Untestable) / c.Statements
}
