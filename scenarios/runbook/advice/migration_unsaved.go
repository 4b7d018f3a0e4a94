package advice

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	migrates = regexp.MustCompile(`\bmanage\.py migrate\b|\balembic upgrade\b|\bprisma migrate deploy\b|\bdb:migrate\b|\bflyway migrate\b|\bknex migrate:latest\b|\bartisan migrate(?: --force)?(?:\s|$)|\bgoose up\b|\bliquibase update\b|\bmigrate -path\b`)
	saves    = regexp.MustCompile(`(?i)\bback(?:ed)?[ -]?ups?\b|\bsnapshots?\b|\bpg_dump|\bmysqldump|\bdown migration|migrate:rollback|alembic downgrade|\bmigrate down\b|\bpoint[- ]in[- ]time\b`)
	tryOut   = regexp.MustCompile(`(?i)\b(?:local(?:ly|host)?|development|set ?up|getting started|test database|install\w*)\b`)
)

var migrationUnsaved = rule.Rule{
	ID: "migration-unsaved", Title: "a migration can be taken back", Severity: lint.Warning,
	Why: "a migration that fails half way, or that was wrong, leaves a schema that neither version runs on",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != "command" || !migrates.MatchString(s.Text) {
				continue
			}
			if in.Anywhere(saves) || tryOut.MatchString(s.Section()) || tryOut.MatchString(in.Title) {
				return
			}
			report(in.On(i, "the schema is migrated, and the document knows of no backup and no way back", "take a backup before, and say how the migration is taken back"))
			return
		}
	},
}
