package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var secrets = []struct {
	pattern *regexp.Regexp
	what    string
}{
	{regexp.MustCompile(`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`), "an access key of AWS"},
	{regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{60,}`), "a token of GitHub"},
	{regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{20}\b`), "a token of GitLab"},
	{regexp.MustCompile(`\bxox[abprs]-\d{8,}-[A-Za-z0-9-]{10,}`), "a token of Slack"},
	{regexp.MustCompile(`https://hooks\.slack\.com/services/T[A-Z0-9]{8,}/B[A-Z0-9]{8,}/[A-Za-z0-9]{20,}`), "a webhook of Slack"},
	{regexp.MustCompile(`\bsk_live_[A-Za-z0-9]{20,}`), "a live key of Stripe"},
	{regexp.MustCompile(`\bAIza[0-9A-Za-z_-]{35}\b`), "an API key of Google"},
	{regexp.MustCompile(`-----BEGIN (?:RSA |EC |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----\s*\n[A-Za-z0-9+/=\n]{40,}`), "a private key"},
	{regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}`), "a signed token (JWT)"},
}

// credentials are a user and a password in an address, or a password as the
// value of an option or a variable.
var credentials = regexp.MustCompile(`\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|rediss|amqps?|https?)://[^\s:/@<>"'` + "`" + `]*:([^\s:/@<>"'` + "`" + `]{6,})@|\b(?:[A-Z][A-Z0-9_]*_)?(?:PASSWORD|PASSWD|SECRET|API_KEY|AUTH_TOKEN|PGPASSWORD|REDISCLI_AUTH)=["']?([^\s"'<>` + "`" + `]{8,})`)

// dummies are values that stand for one.
var dummies = regexp.MustCompile(`(?i)^\$|\$\(|\$\{|pass|secret|example|change|your|xxx|\*\*|\.\.\.|placeholder|dummy|redacted|todo|token|foo|bar|test|demo|sample|default|admin|postgres|root|user|insert|replace|here|^[a-z_-]+$|^\[|^\{|local|dev|^%|^/`)

// maxSecrets bounds the places that are looked at.
const maxSecrets = 500

var secret = rule{
	id: "secret", title: "no secret stands in the document", severity: lint.Error,
	why: "everybody who can read the runbook can use it, and the history keeps it",
	find: func(in *input, report func(finding)) {
		found := func(offset int, what string) {
			line, column := in.Position(offset)
			report(finding{line: line, column: column, statement: -1, text: "this looks like " + what, proposal: "revoke it, and say where it is kept"})
		}
		for _, s := range secrets {
			for _, place := range s.pattern.FindAllIndex(in.Source, maxSecrets) {
				if text := string(in.Source[place[0]:place[1]]); !strings.Contains(text, "EXAMPLE") && !strings.Contains(strings.ToLower(text), "xxxx") && varied(text) {
					found(place[0], s.what)
				}
			}
		}
		for _, m := range credentials.FindAllSubmatchIndex(in.Source, maxSecrets) {
			from, to := m[2], m[3]
			if from < 0 {
				from, to = m[4], m[5]
			}
			if value := string(in.Source[from:to]); !dummy(value) {
				found(m[0], "a password")
			}
		}
	},
}

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
