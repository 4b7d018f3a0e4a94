package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// secrets are the forms of well-known ones, each with a text that every one has:
// most lines are done with it.
var secrets = []struct {
	has     string
	pattern *regexp.Regexp
	what    string
}{
	{"AKIA", regexp.MustCompile(`\bAKIA[0-9A-Z]{16}\b`), "an access key of AWS"},
	{"ASIA", regexp.MustCompile(`\bASIA[0-9A-Z]{16}\b`), "an access key of AWS"},
	{"gh", regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{36}\b`), "a token of GitHub"},
	{"github_pat_", regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{60,}`), "a token of GitHub"},
	{"glpat-", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{20}\b`), "a token of GitLab"},
	{"xox", regexp.MustCompile(`\bxox[abprs]-\d{8,}-[A-Za-z0-9-]{10,}`), "a token of Slack"},
	{"hooks.slack.com", regexp.MustCompile(`https://hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}`), "a webhook of Slack"},
	{"sk_live_", regexp.MustCompile(`\bsk_live_[A-Za-z0-9]{20,}`), "a live key of Stripe"},
	{"AIza", regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}\b`), "an API key of Google"},
	{"eyJ", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}`), "a signed token (JWT)"},
	{"PRIVATE KEY", regexp.MustCompile(`-----BEGIN (?:RSA |EC |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----$`), "a private key"},
	{"://", regexp.MustCompile(`\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|rediss|amqps?|https?)://[^\s:/@<>"'` + "`" + `]*:([^\s:/@<>"'` + "`" + `]{6,})@`), "a password"},
	{"=", regexp.MustCompile(`\b(?:[A-Z][A-Z0-9_]*_)?(?:PASSWORD|PASSWD|SECRET|API_KEY|AUTH_TOKEN|PGPASSWORD|REDISCLI_AUTH)=["']?([^\s"'<>` + "`" + `]{8,})`), "a password"},
}

// dummies are values that stand for one.
var dummies = regexp.MustCompile(`(?i)^\$|\$\(|\$\{|pass|secret|example|change|your|xxx|\*\*|\.\.\.|placeholder|dummy|redacted|todo|token|foo|bar|test|demo|sample|default|admin|postgres|root|user|insert|replace|here|^[a-z_-]+$|^\[|^\{|local|dev|^%|^/`)

// maxSecrets bounds the places that are looked at.
const maxSecrets = 500

var secret = rule.Rule{
	ID: "secret", Title: "no secret stands in the document", Severity: lint.Error,
	Why: "everybody who can read the runbook can use it, and the history keeps it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		n, number := 0, 0
		for line := range strings.Lines(string(in.Source)) {
			number++
			line = strings.TrimSpace(line)
			for _, s := range secrets {
				if !strings.Contains(line, s.has) {
					continue
				}
				for _, m := range s.pattern.FindAllStringSubmatchIndex(line, 10) {
					value := line[m[0]:m[1]]
					switch {
					case len(m) > 2 && dummy(line[m[2]:m[3]]), strings.Contains(value, "EXAMPLE"), strings.Contains(strings.ToLower(value), "xxxx"), !varied(value):
					case s.has == "PRIVATE KEY" && !keyBody.MatchString(in.Line(number+1)):
					default:
						if n++; n > maxSecrets {
							return
						}
						report(rule.Finding{Line: number, Column: strings.Index(in.Line(number), value) + 1, Statement: -1, Text: "this looks like " + s.what, Proposal: "revoke it, and say where it is kept"})
					}
				}
			}
		}
	},
}

// keyBody is a line of a key that is there.
var keyBody = regexp.MustCompile(`^\s*[A-Za-z0-9+/=]{40,}$`)

func dummy(value string) bool {
	return dummies.MatchString(value) || !strings.ContainsAny(value, "0123456789") || !varied(value)
}

// varied tells whether a text has as many different characters as a secret.
func varied(text string) bool {
	seen := map[rune]bool{}
	for _, r := range text {
		seen[r] = true
	}
	return len(seen) >= 6
}
