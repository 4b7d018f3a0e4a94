package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	reservedMail  = regexp.MustCompile(`(?i)\b[\w.+-]+@((?:[\w-]+\.)*(?:example\.(?:com|org|net)|(?:your-?)?(?:company|domain|org)\.(?:com|io)|[\w-]+\.example))\b`)
	reservedPhone = regexp.MustCompile(`(?:\+?1[-. ]?)?\(?\b555\)?[-. ](?:01\d\d|\d{3}[-. ]\d{4}|\d{4})\b|\b[2-9]\d\d\)?[-. ]555[-. ]01\d\d\b`)
	reservedHost  = regexp.MustCompile(`(?i)\bhttps?://((?:[\w-]+\.)*(?:example\.(?:com|org|net)|your-?(?:company|domain|org)\.(?:com|io)|[\w-]+\.example))\b`)
	// anyRepository is a link into a repository of nobody.
	anyRepository = regexp.MustCompile(`(?i)https?://(?:www\.)?git(?:hub|lab)\.com/(your-?[\w-]*|user(?:name)?|org|owner|my-?org|company|example)/[\w.-]+`)
	registered    = regexp.MustCompile(`(?i)(?:example\.(?:com|org|net)|your-?\w+\.(?:com|io)|(?:company|domain|org)\.(?:com|io)|[\w-]+\.example)$`)
)

var reservedAddress = rule.Rule{
	ID: "reserved-address", Title: "addresses and numbers are real", Severity: lint.Warning,
	Why: "the name is reserved for examples: nobody answers there",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		number := 0
		for l := range strings.Lines(string(in.Source)) {
			number++
			if strings.Contains(l, "@") {
				for _, m := range reservedMail.FindAllStringSubmatchIndex(l, 3) {
					report(rule.Finding{Line: number, Column: m[0] + 1, Statement: -1, Severity: lint.Error,
						Text: fmt.Sprintf("mail to %s reaches nobody", registered.FindString(l[m[2]:m[3]])), Proposal: "write the address that is read at night, or where it can be looked up"})
				}
			}
			if strings.Contains(l, "555") {
				if at := reservedPhone.FindStringIndex(l); at != nil {
					report(rule.Finding{Line: number, Column: at[0] + 1, Statement: -1, Severity: lint.Error,
						Text: "telephone numbers with 555 are made up", Proposal: "write the number, or where it can be looked up"})
				}
			}
			if strings.Contains(l, "://git") {
				if m := anyRepository.FindStringSubmatchIndex(l); m != nil {
					report(rule.Finding{Line: number, Column: m[0] + 1, Statement: -1, Severity: lint.Info,
						Text: fmt.Sprintf("%s stands for the owner of a repository", l[m[2]:m[3]]), Proposal: "write the address of the repository"})
				}
			}
			if strings.Contains(l, "://") {
				for _, m := range reservedHost.FindAllStringSubmatchIndex(l, 3) {
					report(rule.Finding{Line: number, Column: m[0] + 1, Statement: -1, Severity: lint.Info,
						Text: fmt.Sprintf("%s stands for the name of your own domain", registered.FindString(l[m[2]:m[3]])), Proposal: "write the address, or say once what to put there"})
				}
			}
		}
	},
}
