package runbook

import (
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Bind reads a document and finds the statement that each of our claims means.
func Bind(text []byte) *binding.Report { return Embedded().Bind(text) }

// BindDocument finds the statement of a document that each of our claims means.
func BindDocument(d *document.Document) *binding.Report { return Embedded().BindDocument(d) }

// ofLinks is why a link needs no claim.
const ofLinks = "a link: runproof lint follows it"

// Excuse is the reason why a statement cannot be tested, or nothing: its claim
// gives it, or the document itself, or it is a link.
func Excuse(s document.Statement, bound []binding.Binding) string {
	for _, b := range bound {
		return b.Claim.Untestable
	}
	if s.Kind == document.Link {
		return ofLinks
	}
	return s.Untestable
}
