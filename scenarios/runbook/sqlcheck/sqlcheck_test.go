package sqlcheck_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/sqlcheck"
)

func TestValidSQLPasses(t *testing.T) {
	for _, text := range []string{
		"SELECT 1;",
		"SET app.tenant_id = 'x'; SELECT * FROM events LIMIT 1;",
		"SELECT pid, now() - a.query_start AS d FROM a WHERE state = 'active' AND query_start < now() - interval '1 minute'",
		"select count(*) from t where a is not null group by b having count(*) > 1 order by 1 desc limit 5",
		"SELECT DISTINCT ON (a) a FROM (SELECT * FROM b WHERE c IN (1, 2)) x LEFT JOIN y USING (id)",
		"WITH x AS (SELECT 1) SELECT * FROM x UNION ALL SELECT 2 FROM y",
		"SELECT extract(epoch FROM now()), a::text, b->>'c' FROM t WHERE a IS DISTINCT FROM b",
		"INSERT INTO t (a) VALUES ('it''s') ON CONFLICT DO NOTHING",
		"GRANT SELECT, INSERT ON t TO u", "SELECT 1 WHERE NOT EXISTS (SELECT FROM t)",
		"UPDATE t SET a = 1 WHERE b = 2", "DELETE FROM t", "\\dt", "-- only a comment", "",
		"ALTER TABLE t ENABLE ROW LEVEL SECURITY; VACUUM ANALYZE t",
		"DO $$ BEGIN RAISE NOTICE 'x;'; END $$;",
		"SELECT sum(x) FILTER (WHERE y) OVER (PARTITION BY z ORDER BY w) FROM t",
		"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM t WHERE f(a => 1) AND b !~ 'x'",
		"SELECT * FROM pg_settings WHERE name LIKE 'max%' AND setting = -1",
	} {
		if problem, _ := sqlcheck.Check(text); problem != "" {
			t.Errorf("%s: %s", text, problem)
		}
	}
}

func TestInvalidSQLIsFound(t *testing.T) {
	for text, want := range map[string]string{
		"SELEC 1":                             "no statement begins",
		"SELECT a, FROM t":                    "comma",
		"SELECT a FROM t WHERE":               "nothing follows WHERE",
		"SELECT a FROM t WHERE b = 'x":        "never closed",
		"SELECT (a FROM t":                    "bracket is never closed",
		"SELECT a) FROM t":                    "never opened",
		"SELECT a WHERE b = 1 FROM t":         "FROM stands behind WHERE",
		"SELECT a FROM t LIMIT 1 WHERE b = 1": "WHERE stands behind LIMIT",
		"SELECT a FROM t WHERE b = AND c = 1": "nothing follows =",
		"SELECT a FROM t ORDER a":             "ORDER without BY",
		"SELECT , a FROM t":                   "SELECT of nothing",
		"SET app.tenant_id":                   "SET needs",
		"DELETE t":                            "DELETE without FROM",
		"UPDATE t WHERE a = 1":                "UPDATE without SET",
		"SELECT 1; SELECT a,":                 "comma",
	} {
		if problem, _ := sqlcheck.Check(text); !strings.Contains(problem, want) {
			t.Errorf("%s: %q, want %q", text, problem, want)
		}
	}
}

func TestTheProblemHasAPlace(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT a\nFROM t\nWHERE b = AND c": "= AND c",
		"SELECT 1;\nSELECT (a":              "(a",
		"SELECT 1;\nSELECT 'a":              "'a",
		"SELECT a,\nFROM t":                 ",\nFROM t",
	} {
		if problem, at := sqlcheck.Check(text); problem == "" || text[at:] != want {
			t.Errorf("%q: %s at %q", text, problem, text[at:])
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("SELECT a FROM t WHERE b = 'x'")
	f.Fuzz(func(t *testing.T, text string) {
		if _, at := sqlcheck.Check(text); at < 0 || at > len(text) {
			t.Errorf("%d in %q", at, text)
		}
	})
}
