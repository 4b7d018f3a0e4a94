package draft

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var (
	variableName = regexp.MustCompile(`^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$`)
	variableHead = regexp.MustCompile(`(?i)\bvariable|\bname\b|\benv|\bsetting|\bconfig|\boption|\bkey\b|\bparameter`)
	requiredHead = regexp.MustCompile(`(?i)\brequired\b|\bmandatory\b`)
)

// variables are the rows of tables that call a variable required.
func variablesOf(d *document.Document) []document.Statement {
	var list []document.Statement
	for _, s := range d.Statements {
		if s.Kind != document.Row || s.Untestable != "" || len(s.Cells) < 2 {
			continue
		}
		at := slices.IndexFunc(s.Header, requiredHead.MatchString)
		if at < 0 || at >= len(s.Cells) || !slices.ContainsFunc(s.Header, variableHead.MatchString) {
			continue
		}
		if required.MatchString(strings.Trim(oneLine(s.Cells[at]), "* `")) && variableOf(s) != "" {
			list = append(list, s)
		}
	}
	return list
}

// variableOf is the variable of a row.
func variableOf(s document.Statement) string {
	for _, cell := range s.Cells {
		if name := strings.Trim(oneLine(cell), "* `$"); variableName.MatchString(name) {
			return name
		}
	}
	return ""
}

// variables is the scenario in which each of the required variables is left out in turn.
func (dr *drafter) variables() {
	var stages []scenarios.Stage
	section := ""
	for _, s := range variablesOf(dr.d) {
		name, id := variableOf(s), dr.claims.claim(s)
		if id == "" {
			continue
		}
		section = s.Section()
		exited := scenarios.Process().Showing("state", "exited")
		stages = append(stages, scenarios.Stage{Fault: fault.StartWithout(name), During: []scenarios.Expectation{
			exited.NotShowing("exit_code", 0.0).By(seenBy).Proves(id), exited.Matching("message", name).By(seenBy).Proves(id),
		}})
	}
	if len(stages) == 0 {
		return
	}
	dr.scenario(scenarios.Scenario{
		ID: "required-variables", Title: "the service is started without a required variable", Section: section, Severity: scenarios.P2,
		Steady: dr.steady(), Fault: stages[0].Fault, During: stages[0].During, Escalates: stages[1:], After: dr.after(0), Budget: time.Minute,
	}, "")
}

var documentedValue = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]{0,19}$`)

// answers is the scenario without a fault, in which the service shows what the document
// prints below a request.
func (dr *drafter) answers() {
	var list []scenarios.Expectation
	section := ""
	for _, s := range dr.d.Statements {
		if s.Kind != document.Output || s.Key == "" || s.Of < 0 || s.Untestable != "" {
			continue
		}
		command := dr.d.Statements[s.Of]
		asked := requestsIn(command.Text)
		value := any(strings.Trim(s.Value, `"`))
		switch {
		case s.Value == "true" || s.Value == "false":
			value = s.Value == "true"
		case !documentedValue.MatchString(value.(string)):
			continue
		}
		if len(asked) != 1 || asked[0].method != "GET" || !asked[0].plain() || hostOf(command.Text) != dr.own || strings.ContainsAny(s.Key, "[]") {
			continue
		}
		if id := dr.claims.claim(s); id != "" {
			section = command.Section()
			list = append(list, scenarios.GET(asked[0].path).Answers(200).Showing(s.Key, value).By(seenBy).Proves(id))
		}
	}
	if len(list) > 0 {
		dr.scenario(scenarios.Scenario{
			ID: "documented-answers", Title: "the service answers as the document prints it", Section: section, Severity: scenarios.P3,
			Steady: append(dr.steady()[:1:1], list...), Budget: time.Minute,
		}, "")
	}
}
