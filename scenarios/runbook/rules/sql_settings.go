package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/catalogue"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	alterSystem = regexp.MustCompile(`^alter system set ([a-z_]+) ?(?:=|to) `)
	setSession  = regexp.MustCompile(`^set (?:session )?([a-z_]+) ?(?:=|to) `)
	setLocal    = regexp.MustCompile(`^set local `)
	showSetting = regexp.MustCompile(`^show ([a-z_]+) ?;?$`)
	restarts    = regexp.MustCompile(`(?i)\brestart\w*|\breboot\w*|\bpg_ctl\b[^\n]*restart`)
	reloads     = regexp.MustCompile(`(?i)pg_reload_conf|\breload\w*\b`)
	transaction = regexp.MustCompile(`(?i)\b(?:begin|start\s+transaction)\b`)
)

var sqlSettings = rule.Rule{
	ID: "sql-settings", Title: "a setting takes effect as the text says", Severity: lint.Error,
	Why: "the statement succeeds, or seems to, and the server goes on with the old value",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			text := strings.TrimSuffix(q.bare(), ";") + " "
			switch {
			case alterSystem.MatchString(text):
				name := alterSystem.FindStringSubmatch(text)[1]
				if f, wrong := system(in, q, name); wrong {
					report(f)
				}
			case setLocal.MatchString(text):
				if !transaction.MatchString(q.batch) {
					report(q.finding("SET LOCAL outside of a transaction has no effect", "begin a transaction before it, or use SET"))
				}
			case setSession.MatchString(text):
				name := setSession.FindStringSubmatch(text)[1]
				switch catalogue.Context(name) {
				case "postmaster", "sighup", "internal":
					report(q.finding(fmt.Sprintf("%s cannot be set in a session", name), "use ALTER SYSTEM SET with a reload or a restart"))
				case "user", "superuser":
					// A session of its own, with nothing in it that would use the setting.
					if q.call != nil && alone(q) && !strings.HasPrefix(name, "app") {
						report(q.finding(fmt.Sprintf("SET %s ends with the session that psql -c opens", name), "use ALTER ROLE or ALTER DATABASE ... SET, or put the statements that need it into the same call"))
					}
				}
			case showSetting.MatchString(strings.TrimSpace(text)):
				name := showSetting.FindStringSubmatch(strings.TrimSpace(text))[1]
				if catalogue.Context(name) == "" {
					if near := catalogue.NearSetting(name); near != "" {
						report(q.finding("Postgres has no setting "+name, "use "+near))
					}
				}
			}
		}
	},
}

// alone tells whether a psql is given one statement.
func alone(q sqlText) bool {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(q.batch), ";")) == strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(q.text), ";")) && !q.call.Flag("-f", "--file") && count(q) == 1
}

// count is how many -c a psql has.
func count(q sqlText) int {
	n := 0
	for _, a := range q.call.Args {
		if a.Text == "-c" || a.Text == "--command" {
			n++
		}
	}
	return max(n, 1)
}

// system judges ALTER SYSTEM by what follows it in its section.
func system(in *rule.Input, q sqlText, name string) (rule.Finding, bool) {
	context := catalogue.Context(name)
	if context == "" {
		if near := catalogue.NearSetting(name); near != "" {
			return q.finding("Postgres has no setting "+name, "use "+near), true
		}
		return rule.Finding{}, false
	}
	around := q.batch
	from := in.Statements[q.index]
	for j := max(q.index-10, 0); j < len(in.Statements) && j < q.index+30; j++ {
		if rule.SameSection(in.Statements[j], from) {
			around += "\n" + in.Statements[j].Text + " " + in.Statements[j].Purpose
		}
	}
	if context == "postmaster" && !restarts.MatchString(around) {
		text := fmt.Sprintf("%s takes effect at a restart of Postgres only", name)
		if reloads.MatchString(around) {
			text += ", a reload does not change it"
		}
		return q.finding(text, "say that Postgres must be restarted, and when that is safe"), true
	}
	if context == "sighup" && !restarts.MatchString(around) && !reloads.MatchString(around) {
		f := q.finding(fmt.Sprintf("ALTER SYSTEM SET %s has no effect before a reload", name), "add SELECT pg_reload_conf();")
		f.Severity = lint.Warning
		return f, true
	}
	return rule.Finding{}, false
}
