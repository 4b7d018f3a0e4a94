package document_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

const sample = "# T\n\n## Cache\n\n**Symptoms:**\n- Hits drop below 10%\n- `GET /x` is slow\n\n**Fix:**\n\n> 1. Wait.\n> 2. Then:\n>\n>    ```bash\n>    # 1. Look\n>    redis-cli INFO | grep hit\n>\n>    # Wait for 5 s\n>    psql -c \"SELECT 1\n>      FROM t;\" # 1 row\n>    ```\n"

func ids(text string) map[string]document.Statement {
	byID := map[string]document.Statement{}
	for _, s := range document.Parse([]byte(text)).Statements {
		byID[s.ID] = s
	}
	return byID
}

// TestIDsSurviveWhatHappensAround: only the statement that was worded anew has
// another id.
func TestIDsSurviveWhatHappensAround(t *testing.T) {
	before := ids(sample)
	changed := strings.Replace(sample, "Hits drop below 10%", "The hit rate is under 10%", 1)
	changed = strings.Replace(changed, "**Symptoms:**", "Some words.\n\n**Symptoms:**", 1)
	changed = strings.Replace(changed, "# 1. Look", "# 4. Look closely", 1)
	after := ids(changed)
	lost := 0
	for id, s := range before {
		if _, kept := after[id]; !kept {
			lost++
			if s.Text != "Hits drop below 10%" {
				t.Errorf("%q has got another id", s.Text)
			}
		}
	}
	if lost != 1 {
		t.Errorf("%d ids are lost", lost)
	}
}

func TestStatementsKnowTheirPlaceAndKind(t *testing.T) {
	want := []struct {
		kind         document.Kind
		line, column int
		text         string
	}{
		{document.Symptom, 6, 3, "Hits drop below 10%"},
		{document.Symptom, 7, 3, "`GET /x` is slow"},
		{document.Item, 11, 6, "Wait."},
		{document.Command, 16, 6, "redis-cli INFO | grep hit"},
		{document.Command, 19, 6, "psql -c \"SELECT 1\n  FROM t;\""},
		{document.Comment, 20, 17, "1 row"},
	}
	got := document.Parse([]byte(sample)).Statements
	if len(got) != len(want) {
		t.Fatalf("%d statements, not %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if g := got[i]; g.Kind != w.kind || g.Line != w.line || g.Column != w.column || g.Text != w.text {
			t.Errorf("%s %d:%d %q, want %s %d:%d %q", g.Kind, g.Line, g.Column, g.Text, w.kind, w.line, w.column, w.text)
		}
	}
	if got[3].Purpose != "Look" || got[4].Purpose != "Wait for 5 s" || got[5].Of != 4 {
		t.Errorf("purposes %q, %q; the last comment is of %d", got[3].Purpose, got[4].Purpose, got[5].Of)
	}
}
