package repository

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	variableHeader = regexp.MustCompile(`(?i)^(?:environment )?(?:variables?|env(?:ironment)?(?: vars?)?)(?: names?)?$`)
	variableCell   = regexp.MustCompile("^`?([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z][A-Z0-9]{3,})`?$")
)

// fewest is how many variables a table and the repository must share before
// they are taken to be about the same service.
const fewest = 2

var variableRule = rule{
	id: "repository-variable", title: "a table of variables has those of the service", severity: lint.Warning,
	why: "a variable that the service does not read changes nothing, however often it is set",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.variables) == 0 || r.Templates {
			return
		}
		listed := map[string]document.Statement{}
		shared := 0
		for _, s := range r.Statements {
			if s.Kind != document.Row || len(s.Header) == 0 || len(s.Cells) == 0 || !variableHeader.MatchString(strings.TrimSpace(s.Header[0])) {
				continue
			}
			if m := variableCell.FindStringSubmatch(strings.TrimSpace(s.Cells[0])); m != nil {
				listed[m[1]] = s
				if _, ok := r.variables[m[1]]; ok {
					shared++
				}
			}
		}
		if shared < fewest || shared*2 < len(listed) {
			return // of another service, or of the reader's shell
		}
		for _, n := range names(listed) {
			if _, ok := r.variables[n]; !ok {
				report(on(listed[n], fmt.Sprintf("no file of the repository sets %s; %s", n, r.near(n)), "correct the name, or leave it out"))
			}
		}
	},
}

// near names the variable that is most like another.
func (r *reader) near(name string) string {
	best, most := "", 0
	for _, n := range names(r.variables) {
		same := 0
		for _, part := range strings.Split(name, "_") {
			if part != "" && strings.Contains("_"+n+"_", "_"+part+"_") {
				same++
			}
		}
		if same > most {
			best, most = n, same
		}
	}
	if best == "" {
		return places(r.variables)
	}
	return fmt.Sprintf("%s has %s", r.variables[best], best)
}
