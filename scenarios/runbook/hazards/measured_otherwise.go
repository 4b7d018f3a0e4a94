package hazards

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Measured is a value that was measured where a statement states one.
type Measured struct {
	// Statement is the statement's id, Text its text where the id is not known.
	Statement, Text string
	// Fact is the fact as the statement has it, Value what was measured; a
	// duration is written as Go does.
	Fact, Value string
	// Within is how exactly a duration was measured.
	Within time.Duration
	// How says by what.
	How string
}

var measuredOtherwise = Rule{
	ID: "measured-otherwise", Title: "numbers are those that are measured",
	Why: "whoever waits for the number that is written gives up too early or too late",
	Bad: Example{
		Runbook:  "# A\n\nIt tries again after 45 seconds.\n",
		Measured: []Measured{{Text: "It tries again after 45 seconds.", Fact: "45 seconds", Value: "20s", Within: time.Second, How: "ten openings"}},
	},
	Good: Example{
		Runbook:  "# A\n\nIt tries again after 20 seconds.\n",
		Measured: []Measured{{Text: "It tries again after 20 seconds.", Fact: "20 seconds", Value: "20.4s", Within: time.Second, How: "ten openings"}},
	},
	find: func(r *reader, report func(finding)) {
		for _, m := range r.Measured {
			for _, s := range r.Document.Statements {
				if (m.Statement == "" || s.ID != m.Statement) && (m.Statement != "" || squeezed(s.Text) != squeezed(m.Text)) {
					continue
				}
				if f := facts.Parse(m.Fact); !agrees(f, m) {
					report(finding{
						statement: s, wrong: true, ran: m.How, saw: fmt.Sprintf("%s is written, %s was measured", m.Fact, m.Value),
						proposal: fmt.Sprintf("write %s", m.Value), from: literal(s, f), to: m.Value,
					})
				}
				break
			}
		}
	},
}

// literal is a fact as the statement has it, if it has it as such.
func literal(s document.Statement, f facts.Fact) string {
	for _, own := range facts.Of(s.Text) {
		if own.Same(f) {
			return own.Raw
		}
	}
	return ""
}

// agrees compares what is written with what was measured. A comparison is kept
// by any value on its side.
func agrees(f facts.Fact, m Measured) bool {
	sign, bare := splitSign(f.Value)
	written, err := time.ParseDuration(bare)
	value, err2 := time.ParseDuration(m.Value)
	if f.Type != facts.Duration || err != nil || err2 != nil {
		return f.Same(facts.Parse(m.Value))
	}
	switch sign {
	case ">", ">=":
		return value >= written-m.Within
	case "<", "<=":
		return value <= written+m.Within
	}
	return (value - written).Abs() <= m.Within
}

func splitSign(value string) (sign, bare string) {
	i := 0
	for i < len(value) && (value[i] == '<' || value[i] == '>' || value[i] == '=') {
		i++
	}
	return value[:i], value[i:]
}
