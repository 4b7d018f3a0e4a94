package catalogue

import (
	"fmt"
	"sort"
	"strings"
)

// Problem is something in a statement of SQL that the catalogue contradicts.
type Problem struct {
	Text, Proposal string
	// Some tells that versions in support have it and others have not.
	Some bool
}

// oldest is the oldest version in support when the tables were made.
const oldest = 13

// Check holds a statement of SQL against the catalogue. Version is the newest
// that the document names for its server, 0 where it names none.
func Check(sql string, version int) []Problem {
	q := read(sql)
	var list []Problem
	seen := map[string]bool{}
	report := func(p *Problem) {
		if p != nil && !seen[p.Text] {
			seen[p.Text] = true
			list = append(list, *p)
		}
	}
	for _, f := range q.functions {
		report(function(f, version))
	}
	for _, r := range q.relations {
		report(relation(r))
	}
	for _, c := range q.columns {
		report(column(c.relation, c.name, version))
	}
	return list
}

func function(name string, version int) *Problem {
	t := load()
	if instead, gone := goneFunctions[name]; gone {
		if version > 0 && version < goneFunctionSince(name) {
			return nil
		}
		return &Problem{Text: fmt.Sprintf("Postgres has no function %s any more", name), Proposal: "use " + instead}
	}
	if !strings.HasPrefix(name, "pg_") || t.functions[name] {
		return nil
	}
	if near := nearest(name, keys(t.functions)); near != "" {
		return &Problem{Text: fmt.Sprintf("Postgres has no function %s", name), Proposal: "use " + near}
	}
	return nil
}

func relation(name string) *Problem {
	t := load()
	if _, ok := t.relations[name]; ok || !strings.HasPrefix(name, "pg_") {
		return nil
	}
	var names []string
	for n := range t.relations {
		names = append(names, n)
	}
	if near := nearest(name, names); near != "" {
		return &Problem{Text: fmt.Sprintf("Postgres has no relation %s", name), Proposal: "use " + near}
	}
	return nil
}

// system are columns that every table has.
var system = map[string]bool{"oid": true, "ctid": true, "xmin": true, "xmax": true, "tableoid": true, "cmin": true, "cmax": true}

func column(relation, name string, version int) *Problem {
	columns := load().relations[relation]
	if c, ok := changes[relation][name]; ok {
		if c.gone == 0 || version > 0 && version < c.gone {
			return nil
		}
		p := &Problem{Proposal: "use " + c.instead}
		if c.gone > oldest && version < c.gone {
			p.Some = true
			p.Text = fmt.Sprintf("%s has no column %s since Postgres %d", relation, name, c.gone)
		} else {
			p.Text = fmt.Sprintf("%s has no column %s any more", relation, name)
		}
		return p
	}
	if len(columns) == 0 || columns[name] || system[name] {
		return nil
	}
	p := &Problem{Text: fmt.Sprintf("%s has no column %s", relation, name), Proposal: fmt.Sprintf("its columns are %s", strings.Join(keys(columns), ", "))}
	if near := nearest(name, keys(columns)); near != "" {
		p.Proposal = "use " + near
	} else if instead, ok := confused[name]; ok && columns[instead] {
		p.Proposal = "use " + instead
	}
	return p
}

// confused are names from other views of the catalogue.
var confused = map[string]string{
	"tablename": "relname", "table_name": "relname", "relname": "tablename", "schemaname": "schemaname", "indexname": "indexrelname", "index_name": "indexrelname",
	"username": "usename", "user": "usename", "database": "datname", "dbname": "datname", "duration": "query_start", "policy_name": "policyname", "mean_time": "mean_exec_time",
}

func keys(m map[string]bool) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

// nearest is the name that is one or two letters apart from another.
func nearest(word string, names []string) string {
	best, least := "", 3
	sort.Strings(names)
	for _, name := range names {
		if d := distance(word, name); d < least && d*4 < len(word) {
			best, least = name, d
		}
	}
	return best
}

// distance is the number of letters to add, drop or change; 99 for far.
func distance(a, b string) int {
	const far = 99
	if len(a) > 63 || len(b) > 63 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return far
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
