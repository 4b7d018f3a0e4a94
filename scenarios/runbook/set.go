package runbook

import (
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/file"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Set is the claims of a runbook with the scenarios that try them: those of this
// repository, or those of a user's files.
type Set struct {
	file.Content
	// OfFiles says that they are a user's, of whose service there are no defects on record.
	OfFiles bool
}

// Embedded are the claims of the event-service's runbook and all our scenarios.
func Embedded() Set {
	return Set{Content: file.Content{Subject: Subject, Claims: bindable(), Scenarios: symptoms.All(), CounterExamples: CounterExamples()}}
}

// WithoutCounterExample says what a claim can be of which no defect is on record.
func (s Set) WithoutCounterExample() string {
	if s.OfFiles {
		return "none on record: TRUE only where a run sees the check fail"
	}
	return "none on record: UNTESTED at best"
}

// Promises lists what the runbook promises, in the order of the claims, without what is
// needed to find each in it.
func (s Set) Promises() []ledger.Claim {
	var all []ledger.Claim
	for _, c := range s.Claims {
		all = append(all, c.Claim)
	}
	return all
}

// Bind reads a document and finds the statement that each claim means.
func (s Set) Bind(text []byte) *binding.Report { return s.BindDocument(document.Parse(text)) }

// BindDocument finds the statement of a document that each claim means.
func (s Set) BindDocument(d *document.Document) *binding.Report {
	return binding.Bind(d, s.Subject, s.Claims)
}
