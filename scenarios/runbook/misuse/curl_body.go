package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// dataFlags are options of curl that give a body as it is.
var dataFlags = []string{"-d", "--data", "--data-raw", "--data-binary", "--data-ascii"}

var (
	jsonBody    = regexp.MustCompile(`^\s*[{\[]\s*(?:["\]}]|\{)`)
	contentType = regexp.MustCompile(`(?i)^content-type\s*:`)
	// webhook are addresses that read JSON whatever it is called.
	webhook = regexp.MustCompile(`hooks\.slack\.com|discord\.com/api/webhooks|SLACK|WEBHOOK|/-/|:8428|:9093`)
)

var curlBody = rule.Rule{
	ID: "curl-body", Title: "a body of JSON is called JSON", Severity: lint.Warning,
	Why: "curl -d sends application/x-www-form-urlencoded: most servers answer 400 or 415, or read nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "curl" || c.Flag("--json", "-K", "--config") || typed(c) || webhook.MatchString(c.String()) {
				continue
			}
			for _, name := range dataFlags {
				if w, ok := c.Value(name); ok && jsonBody.MatchString(strings.ReplaceAll(w.Text, `\"`, `"`)) {
					report(rule.At(c, "the body is JSON and is sent as a form", "add -H 'Content-Type: application/json', or use --json"))
					break
				}
			}
		}
	},
}

// typed tells whether a request names the type of its body.
func typed(c *script.Call) bool {
	for i, a := range c.Args {
		if contentType.MatchString(a.Text) || strings.HasPrefix(a.Text, "-H") && contentType.MatchString(a.Text[2:]) || i > 0 && c.Args[i-1].Text == "-H" && (a.Open || strings.HasPrefix(a.Text, "@")) && !strings.Contains(a.Text, ":") {
			return true
		}
	}
	return false
}
