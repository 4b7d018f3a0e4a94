package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	serverName = regexp.MustCompile(`(?i)^(?:[\w-]*[-_])?(?:postgres\w*|pg|db|database|mysql|mariadb|mongo\w*|redis|elasticsearch|kafka)(?:[-_]\w+)?$`)
	usesServer = regexp.MustCompile(`\b(?:psql|pg_restore|mysql|mongorestore|mongosh|migrate|restore\w*\.sh)\b`)
)

var usedAtOnce = rule.Rule{
	ID: "used-at-once", Title: "a server is up before it is used", Severity: lint.Warning,
	Why: "up -d and start return before the server accepts connections: the next command fails, now and then",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			name := startsServer(c)
			next := in.Next(c)
			if name == "" || next == nil || c.Flag("--wait") || in.Statements[next.Statement].Block < 0 {
				continue
			}
			text := in.Statements[next.Statement].Text
			if usesServer.MatchString(text) && !strings.Contains(text, "pg_isready") && !strings.Contains(text, "until ") && !strings.Contains(text, "SELECT 1") && !strings.Contains(text, "--version") {
				report(rule.At(next, fmt.Sprintf("%s was started in the line before, and need not accept connections yet", name), "wait for it: docker compose up -d --wait, or until pg_isready; do sleep 1; done"))
			}
		}
	},
}

// startsServer is the server that a command starts, or empty.
func startsServer(c *script.Call) string {
	if verb, names := controls(c); verb == "start" && c.Program != "systemctl" && c.Program != "service" && len(names) > 0 && !c.Flag("-a") {
		for _, n := range names {
			if serverName.MatchString(n) {
				return n
			}
		}
	}
	return ""
}
