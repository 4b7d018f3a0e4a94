package hazards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Sighting says whether a signal was seen under a fault, while somebody looked
// for it.
type Sighting struct {
	// Signal is a log word or a status as the runbook has it. Statement is the
	// id of the symptom that names it; empty: of any that does.
	Signal, Statement string
	// Fault is what was broken, Section the one of the runbook that is about it.
	Fault, Section string
	Seen           bool
}

var attributedElsewhere = Rule{
	ID: "attributed-elsewhere", Title: "a symptom leads to its own section",
	Why: "whoever sees it opens this section, and the trouble is another's",
	Bad: Example{
		Runbook: "# A\n## Database away\n**Symptoms:**\n\n- The log has \"ledger unreachable\".\n\n## Bank away\n**Symptoms:**\n\n- Slow.\n",
		Sightings: []Sighting{
			{Signal: "ledger unreachable", Fault: "postgres refuses connections", Section: "Database away", Seen: true},
			{Signal: "ledger unreachable", Fault: "bank refuses connections", Section: "Bank away", Seen: true},
		},
	},
	// Both sections name it: whoever reads one of them is not misled.
	Good: Example{
		Runbook: "# A\n## Database away\n**Symptoms:**\n\n- The log has \"ledger unreachable\".\n\n## Bank away\n**Symptoms:**\n\n- \"ledger unreachable\" too.\n",
		Sightings: []Sighting{
			{Signal: "ledger unreachable", Fault: "postgres refuses connections", Section: "Database away", Seen: true},
			{Signal: "ledger unreachable", Fault: "bank refuses connections", Section: "Bank away", Seen: true},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, s := range r.Document.Statements {
			if s.Kind != document.Symptom {
				continue
			}
			for _, f := range facts.Of(s.Text) {
				if f.Type != facts.Status && f.Type != facts.Name {
					continue
				}
				own, elsewhere := r.sightings(s, f)
				here := slices.ContainsFunc(own, func(x Sighting) bool { return x.Seen })
				var others []string
				for _, x := range elsewhere {
					if said := fmt.Sprintf("%s (%s)", x.Fault, x.Section); !slices.Contains(others, said) {
						others = append(others, said)
					}
				}
				switch {
				case len(own) > 0 && !here && len(others) > 0:
					report(finding{
						statement: s, ran: ranOf(f, own, elsewhere), saw: fmt.Sprintf("%s is not seen here, but under: %s", f.Raw, strings.Join(others, "; ")),
						proposal: "move it to where it is seen, and write here what is",
					})
				case len(own) > 0 && !here:
					report(finding{
						statement: s, ran: ranOf(f, own, nil), saw: fmt.Sprintf("%s is never seen", f.Raw),
						why: "whoever waits for it concludes that it must be something else", proposal: "write what is seen instead",
					})
				case len(others) > 0 && f.Type == facts.Name:
					// A status is seen under many faults, and nobody takes it for the cause.
					report(finding{
						statement: s, ran: ranOf(f, own, elsewhere), saw: fmt.Sprintf("%s is also seen under: %s", f.Raw, strings.Join(others, "; ")),
						proposal: "quote beside it what else stands in the line here and not there, and name the symptom in the other section too",
					})
				}
			}
		}
	},
}

// sightings are those of a fact under the faults of a statement's own
// section, and those where it was seen under a fault of another section that
// does not name it.
func (r *reader) sightings(s document.Statement, f facts.Fact) (own, elsewhere []Sighting) {
	for _, x := range r.Sightings {
		if !f.Same(facts.Parse(x.Signal)) || x.Statement != "" && x.Statement != s.ID {
			continue
		}
		switch {
		case document.Normal(x.Section) == document.Normal(s.Section()):
			own = append(own, x)
		case x.Seen && !r.names(x.Section, f):
			elsewhere = append(elsewhere, x)
		}
	}
	return own, elsewhere
}

// names tells whether a symptom of a section states a fact.
func (r *reader) names(section string, f facts.Fact) bool {
	return slices.ContainsFunc(r.Document.Statements, func(s document.Statement) bool {
		return s.Kind == document.Symptom && document.Normal(s.Section()) == document.Normal(section) && facts.In(s.Text, facts.Of(s.Text), f)
	})
}

func ranOf(f facts.Fact, own, elsewhere []Sighting) string {
	var list []string
	for _, x := range append(slices.Clone(own), elsewhere...) {
		if !slices.Contains(list, x.Fault) {
			list = append(list, x.Fault)
		}
	}
	return fmt.Sprintf("%s was looked for (%s)", f.Raw, strings.Join(list, "; "))
}
