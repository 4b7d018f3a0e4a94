package advice

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	checks = regexp.MustCompile(`(?i)\b(?:verif\w+|confirm\w*|check\w*|monitor\w*|watch\w*|ensure|make sure|validat\w+|test\w*|observe\w*|expect\w*|should|wait\w*|status|health\w*)\b`)
	// shows are commands that only look.
	shows = regexp.MustCompile(`^(?:(?:kubectl|oc)\s(?:.*\s)?(?:get|describe|logs|wait|top|status)\b|curl\b|wget\b|systemctl\s(?:.*\s)?(?:status|is-active)\b|docker\s(?:.*\s)?(?:ps|logs|inspect|stats)\b|docker-compose\s(?:.*\s)?(?:ps|logs)\b|journalctl\b|tail\b|grep\b|redis-cli\b|psql\b|pg_isready\b|mysql\b|ps\b|pgrep\b|ss\b|nc\b|watch\b|aws\s.*\b(?:describe|get|wait|list|tail)\b|helm\s+(?:status|history)\b|nginx\s+-t\b)`)
)

var unverified = rule.Rule{
	ID: "unverified", Title: "somebody looks whether a remedy helped", Severity: lint.Info,
	Why: "the command returns at once, whatever becomes of the service: the incident is closed, and goes on",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		checked := lastCheck(in)
		for _, c := range in.Script.Calls {
			if what := remedy(c); what != "" && !c.Guarded && inIncident(in, c.Statement) && !verified(in, c) && c.Line >= checked {
				report(rule.At(c, fmt.Sprintf("nothing looks whether %s helped", what), "add the check that says so, such as rollout status or the health endpoint, and what to do if it fails"))
			}
		}
	},
}

// remedy names a command that restarts or takes back something, or is empty.
func remedy(c *script.Call) string {
	switch c.Program {
	case "kubectl", "oc":
		if c.Word(0) == "rollout" && (c.Word(1) == "restart" || c.Word(1) == "undo") {
			return "rollout " + c.Word(1)
		}
	case "systemctl":
		if c.Word(0) == "restart" {
			return "systemctl restart"
		}
	case "docker", "docker-compose":
		if slices.Contains([]string{c.Word(0), c.Word(1)}, "restart") {
			return c.Program + " restart"
		}
	case "helm":
		if c.Word(0) == "rollback" && !c.Flag("--wait") {
			return "helm rollback"
		}
	}
	return ""
}

// trouble are words of headings over remedies; a procedure that restarts
// something is none.
var trouble = regexp.MustCompile(`(?i)\b(?:issues?|problems?|incidents?|inc-\d+|resol\w+|mitigat\w+|remed\w+|fix\w*|symptoms?|fail\w*|down|high|slow|errors?|troubleshoot\w*|exhaust\w*|crash\w*|unavailab\w+|not responding|outage)\b`)

// inIncident tells whether a statement stands in a section about trouble.
func inIncident(in *rule.Input, i int) bool {
	s := in.Statements[i]
	return s.Role == document.RoleResolution || slices.ContainsFunc(s.Sections[min(1, len(s.Sections)):], trouble.MatchString)
}

// maxBehind is how many statements behind a remedy are read.
const maxBehind = 60

// verified tells whether something behind a command looks at what it did: in its
// section, in those below it, or in the next one beside it.
func verified(in *rule.Input, c *script.Call) bool {
	s := in.Statements[c.Statement]
	for j := c.Statement; j < len(in.Statements) && j < c.Statement+maxBehind; j++ {
		t := in.Statements[j]
		if !near(s.Sections, t.Sections) {
			return false
		}
		for _, later := range in.Script.Of[j] {
			if later != c && (j > c.Statement || later.Line > c.Line || later.Column > c.Column) && shows.MatchString(later.String()) {
				return true
			}
		}
		if j == c.Statement {
			continue
		}
		switch t.Kind {
		case document.Command, document.Query:
			if checks.MatchString(t.Purpose) {
				return true
			}
		default:
			if checks.MatchString(t.Text) {
				return true
			}
		}
	}
	return false
}

// aboutChecks are headings over how to see that all is well again.
var aboutChecks = regexp.MustCompile(`(?i)\b(?:verif\w+|validat\w+|smoke tests?|post-recovery)\b`)

// lastCheck is the line of the last section that is about that, or 0.
func lastCheck(in *rule.Input) int {
	for i := len(in.Headings) - 1; i >= 0; i-- {
		if aboutChecks.MatchString(in.Headings[i].Text) {
			return in.Headings[i].Line
		}
	}
	return 0
}

// near tells whether a section is below the parent of another: the same one, or
// one that belongs to the same incident.
func near(a, b []string) bool {
	common := max(len(a)-1, min(len(a), 2))
	return len(b) >= common && slices.Equal(a[:common], b[:common])
}
