package consistency

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// rows are the values of tables that have one head: what two of them say of
// one key.
func rows(d *document.Document) []Assertion {
	var list []Assertion
	for i, s := range d.Statements {
		if s.Kind != document.Row || len(s.Header) < 2 || len(s.Cells) != len(s.Header) {
			continue
		}
		key := document.Normal(s.Cells[0])
		if key == "" || strings.EqualFold(strings.TrimSpace(s.Header[0]), "date") || strings.EqualFold(strings.TrimSpace(s.Header[0]), "version") || severityOf(s.Cells) != "" {
			continue
		}
		// Cells without numbers are part of the key.
		condition := document.Normal(strings.Join(s.Header, "|")) + " " + key
		var values []int
		for n := 1; n < len(s.Cells); n++ {
			if single(s.Cells[n]) != "" {
				values = append(values, n)
			} else {
				condition += "|" + document.Normal(s.Cells[n])
			}
		}
		for _, n := range values {
			list = append(list, Assertion{
				About: "row " + condition + " " + s.Header[n], Thing: strings.TrimSpace(s.Header[n]) + " of " + strings.TrimSpace(s.Cells[0]),
				Value: single(s.Cells[n]), Shown: s.Cells[n], Line: s.Line, Statement: i, Shared: true,
			})
		}
	}
	return list
}

// single is the one number that a cell is.
func single(cell string) string {
	all := facts.Of(cell)
	if len(all) != 1 || len(strings.Fields(cell)) > 3 {
		return ""
	}
	switch all[0].Type {
	case facts.Duration, facts.Percent, facts.Number:
		return all[0].Value
	}
	return ""
}

var (
	portRow   = regexp.MustCompile(`(?i)^(?:service |http |api )?port$`)
	portOf    = regexp.MustCompile(`^(?:https?://)?(?:localhost|127\.0\.0\.1):(\d{2,5})(?:/|$)`)
	portValue = regexp.MustCompile(`^\d{2,5}$`)
)

// ports hold the port that a table gives the service against those that
// requests go to.
func ports(d *document.Document) []Assertion {
	var listed, asked []Assertion
	right := false
	for i, s := range d.Statements {
		switch s.Kind {
		case document.Row:
			if len(s.Cells) > 1 && portRow.MatchString(strings.Trim(s.Cells[0], "* ")) && portValue.MatchString(strings.Trim(s.Cells[1], "` ")) {
				port := strings.Trim(s.Cells[1], "` ")
				listed = append(listed, Assertion{About: "port", Thing: "the service's port", Value: port, Shown: port, Line: s.Line, Statement: i})
			}
		case document.Command:
			if !strings.Contains(s.Text, "curl") {
				continue
			}
			for _, c := range shell.Calls(s.Text) {
				if c.Program != "curl" {
					continue
				}
				for _, a := range c.Args {
					if m := portOf.FindStringSubmatch(a); m != nil {
						asked = append(asked, Assertion{About: "port", Thing: "the service's port", Value: m[1], Shown: m[1], Line: s.Line, Statement: i})
					}
				}
			}
		}
	}
	if len(listed) != 1 {
		return nil
	}
	for _, a := range asked {
		right = right || a.Value == listed[0].Value
	}
	if right || len(asked) == 0 {
		return nil // other ports are of other things
	}
	return append(listed, asked[0])
}
