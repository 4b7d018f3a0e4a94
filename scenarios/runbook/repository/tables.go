package repository

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/catalogue"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var tableRule = rule{
	id: "repository-table", title: "queries ask for tables and columns that migrations make", severity: lint.Error,
	why: "the database refuses the query: the table or the column is not there",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.tables) < fewest || r.programs {
			return
		}
		for _, s := range r.Statements {
			if s.Kind == document.Query && (s.Language == "" || s.Language == "postgres") {
				r.query(s.Text, func(text string) { report(on(s, text, "correct the query after the migrations")) })
			}
		}
		for _, c := range r.script.Calls {
			if c.Program != "psql" {
				continue
			}
			if w, ok := c.Value("-c", "--command"); ok {
				r.query(w.Text, func(text string) { report(r.at(c, text, "correct the query after the migrations")) })
			}
		}
	},
}

// foreign are relations that no migration of a service makes.
func foreign(name string) bool {
	return strings.HasPrefix(name, "pg_") || strings.HasPrefix(name, "information_schema") || name == "tables" || name == "columns" || name == "dual" || name == "generate_series" || strings.HasPrefix(name, "schema_migrations") || strings.HasSuffix(name, "_migrations") || strings.HasPrefix(name, "tmp") || strings.HasPrefix(name, "your_") || strings.HasPrefix(name, "my_") || strings.HasPrefix(name, "goose_") || strings.HasPrefix(name, "flyway_") || strings.HasPrefix(name, "alembic_") || strings.HasPrefix(name, "table_name")
}

func (r *reader) query(sql string, report func(string)) {
	if len(sql) > 32<<10 {
		return
	}
	relations := catalogue.Relations(sql)
	for _, n := range relations {
		t := r.tables[n]
		switch {
		case foreign(n) || strings.Contains(strings.ToLower(sql), "create table") || strings.Contains(strings.ToLower(sql), "information_schema"):
		case t == nil:
			m := map[string]Place{}
			for other, o := range r.tables {
				m[other] = o.place
			}
			report(fmt.Sprintf("no migration makes a table %s; %s", n, closest(n, m)))
		case t.dropped != nil:
			report(fmt.Sprintf("the table %s is dropped in %s", n, t.dropped))
		case t.columns != nil && len(relations) == 1:
			for _, column := range catalogue.ColumnsOf(sql, n) {
				if !t.columns[column] {
					report(fmt.Sprintf("the table %s has no column %s (%s)", n, column, t.place))
				}
			}
		}
	}
}

// closest lists the tables whose names share a word with another, or a few.
func closest(name string, m map[string]Place) string {
	near := map[string]Place{}
	for other, at := range m {
		for _, part := range strings.Split(name, "_") {
			if len(part) > 3 && strings.Contains(other, strings.TrimSuffix(part, "s")) {
				near[other] = at
			}
		}
	}
	if len(near) == 0 {
		return places(m)
	}
	return places(near)
}
