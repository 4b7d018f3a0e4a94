package advice

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	homeOf = regexp.MustCompile(`(?:^|[\s="'])(/(?:home|Users)/([A-Za-z][\w.-]*)/[\w./-]+)`)
	// ofAll are users that machines have, not people.
	ofAll = regexp.MustCompile(`(?i)^(?:ubuntu|ec2-user|centos|debian|admin|administrator|root|user|username|youruser|your-?\w+|deploy\w*|app\w*|runner|node|vagrant|opc|azureuser|core|git\w*|postgres|redis|mysql|www\w*|jenkins|shared|service|svc\w*|ops\w*|sre|backup\w*|solr|elastic\w*|hadoop|airflow|kafka|nonroot|default|linuxbrew|me|name|\w*bot|\w*user)$`)
)

// runs tells whether a user is called as a program of the document is.
func runs(in *rule.Input, name string) bool {
	for _, c := range in.Script.Calls {
		if c.Program == name {
			return true
		}
	}
	return false
}

var personalPath = rule.Rule{
	ID: "personal-path", Title: "a path is there for everybody on call", Severity: lint.Warning,
	Why: "the directory is on the machine of whoever wrote this",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Command {
				continue
			}
			if m := homeOf.FindStringSubmatch(s.Text); m != nil && !ofAll.MatchString(m[2]) && !runs(in, m[2]) {
				report(in.On(i, fmt.Sprintf("/home of %q is one person's directory", m[2]), "write where the service is installed, or how to get there from a clone"))
				return
			}
		}
	},
}
