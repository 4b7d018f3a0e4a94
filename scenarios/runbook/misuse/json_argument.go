package misuse

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// unfilled are parts that a reader replaces, or that the text leaves out.
var unfilled = regexp.MustCompile(`\.\.\.|…|<[^<>]*>|\{\{|\$|%[sd]|/\*|//|'"|"'`)

var jsonArgument = rule.Rule{
	ID: "json-argument", Title: "JSON that is given to a command parses", Severity: lint.Error,
	Why: "the server, or the program itself, refuses it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			w, ok := jsonOf(c)
			if !ok || !w.Single || w.Open || !jsonBody.MatchString(w.Text) || unfilled.MatchString(w.Text) {
				continue
			}
			var value any
			if err := json.Unmarshal([]byte(w.Text), &value); err != nil {
				report(rule.At(c, fmt.Sprintf("this is not valid JSON: %s", strings.TrimPrefix(err.Error(), "json: ")), "run it through jq and copy it back"))
			}
		}
	},
}

// jsonOf is the argument of a command that is read as JSON.
func jsonOf(c *script.Call) (script.Word, bool) {
	switch {
	case c.Program == "curl":
		for _, name := range append([]string{"--json"}, dataFlags...) {
			if w, ok := c.Value(name); ok {
				return w, true
			}
		}
	case (c.Program == "kubectl" || c.Program == "oc") && c.Word(0) == "patch":
		return c.Value("-p", "--patch")
	}
	return script.Word{}, false
}
