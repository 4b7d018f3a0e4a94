package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var exitStatus = rule.Rule{
	ID: "exit-status", Title: "the exit status tells what it is asked for", Severity: lint.Warning,
	Why: "the check passes while the service fails, or fails while it is well",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Otherwise != nil && c.Program == "grep" && c.Stage > 0 && remote[c.Pipe[0].Program] && reassures(c.Otherwise) {
				f := rule.At(c, fmt.Sprintf("it says so as well where %s fails: grep only knows that nothing came", c.Pipe[0].Program), "look at the status of the first command, or set -o pipefail")
				report(f)
			}
			if c.Program == "curl" && c.Tested && !c.Flag("-H", "--header", "-u", "--user", "-K", "--config", "--oauth2-bearer", "-n", "--netrc") {
				if host := protectedHost(c); host != "" {
					report(rule.At(c, fmt.Sprintf("%s answers 401 without credentials, however well it is", host), "send a key, or ask its status page"))
					continue
				}
			}
			if c.Program != "curl" || !c.Tested || c.Flag("-f", "--fail", "--fail-with-body", "--fail-early", "-T", "--upload-file") || len(c.Args) == 0 {
				continue
			}
			if !c.Flag("-v", "--verbose") && hasURL(c) {
				report(rule.At(c, "curl without -f succeeds whatever the status of the answer", "add -f"))
			}
		}
	},
}

// hasURL tells whether an argument is an address of HTTP.
func hasURL(c *script.Call) bool {
	for _, a := range c.Args {
		if isURL.MatchString(a.Text) && !strings.HasPrefix(a.Text, "telnet:") {
			return true
		}
	}
	return false
}

var (
	// remote are programs that can fail without an answer.
	remote   = map[string]bool{"kubectl": true, "oc": true, "curl": true, "docker": true, "psql": true, "ssh": true, "redis-cli": true, "aws": true}
	goodNews = regexp.MustCompile(`(?i)\b(?:no|zero|0|without)\b.*\b(?:errors?|issues?|problems?|failures?|alerts?|leaks?|exceptions?)\b|\ball (?:good|clear|fine|ok)\b|\bclean\b`)
	// protected are interfaces that refuse every request without a key.
	protected = regexp.MustCompile(`^https://(api\.stripe\.com/v1|api\.sendgrid\.com/v3|api\.twilio\.com/2010|api\.openai\.com/v1|api\.anthropic\.com/v1|api\.mailgun\.net/v3|api\.pagerduty\.com)/`)
)

// reassures tells whether a command prints good news.
func reassures(c *script.Call) bool {
	return (c.Program == "echo" || c.Program == "printf") && len(c.Args) > 0 && goodNews.MatchString(c.Args[len(c.Args)-1].Text)
}

func protectedHost(c *script.Call) string {
	for _, a := range c.Args {
		if m := protected.FindStringSubmatch(a.Text); m != nil {
			return m[1]
		}
	}
	return ""
}
