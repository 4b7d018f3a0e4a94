package repository

import (
	"regexp"
	"strings"
)

var (
	createTable = regexp.MustCompile(`(?is)\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."` + "`" + `]+)\s*\(`)
	alterTable  = regexp.MustCompile(`(?is)\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?([\w."]+)\s+([^;]*)`)
	addColumn   = regexp.MustCompile(`(?i)\bADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?("?\w+"?)\s+\w`)
	dropColumn  = regexp.MustCompile(`(?i)\bDROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?("?\w+"?)`)
	renames     = regexp.MustCompile(`(?i)\bRENAME\s+(?:COLUMN\s+)?("?\w+"?)\s+TO\s+("?\w+"?)`)
	renameTable = regexp.MustCompile(`(?i)^\s*RENAME\s+TO\s+("?\w+"?)`)
	dropTable   = regexp.MustCompile(`(?i)\bDROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?([\w."]+)`)
	createView  = regexp.MustCompile(`(?i)\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:MATERIALIZED\s+)?VIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w."]+)`)
	downPart    = regexp.MustCompile(`(?i)--\s*(?:\+goose\s+Down|migrate:down|\+migrate\s+Down|rollback)|^--\s*down\b`)
	notColumns  = map[string]bool{"constraint": true, "primary": true, "unique": true, "foreign": true, "check": true, "exclude": true, "like": true, "key": true, "index": true, "partition": true}
	sqlComment  = regexp.MustCompile(`--[^\n]*`)
)

// sql reads the tables that a migration makes, changes and drops, in the order
// in which the files are named. Steps back are left out.
func (f *Facts) sql(path, text string) {
	lower := strings.ToLower(path)
	if strings.HasSuffix(lower, ".down.sql") || strings.Contains(lower, "rollback") {
		return
	}
	if at := downPart.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = sqlComment.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	line := func(offset int) Place { return Place{path, strings.Count(text[:offset], "\n") + 1} }
	for _, m := range createTable.FindAllStringSubmatchIndex(text, 2000) {
		name := tableName(text[m[2]:m[3]])
		t := &table{place: line(m[0]), columns: map[string]bool{}}
		for _, column := range definitions(text[m[1]:]) {
			t.columns[column] = true
		}
		f.tables[name] = t
	}
	for _, m := range createView.FindAllStringSubmatchIndex(text, 2000) {
		f.tables[tableName(text[m[2]:m[3]])] = &table{place: line(m[0])} // its columns are not known
	}
	for _, m := range alterTable.FindAllStringSubmatchIndex(text, 5000) {
		t := f.tables[tableName(text[m[2]:m[3]])]
		if t == nil {
			continue
		}
		body := text[m[4]:m[5]]
		if r := renameTable.FindStringSubmatch(body); r != nil {
			f.tables[tableName(r[1])] = t
			delete(f.tables, tableName(text[m[2]:m[3]]))
			continue
		}
		if t.columns == nil {
			continue
		}
		for _, a := range addColumn.FindAllStringSubmatch(body, 100) {
			if name := tableName(a[1]); !notColumns[name] {
				t.columns[name] = true
			}
		}
		for _, d := range dropColumn.FindAllStringSubmatch(body, 100) {
			delete(t.columns, tableName(d[1]))
		}
		for _, r := range renames.FindAllStringSubmatch(body, 100) {
			delete(t.columns, tableName(r[1]))
			t.columns[tableName(r[2])] = true
		}
	}
	for _, m := range dropTable.FindAllStringSubmatchIndex(text, 2000) {
		if t := f.tables[tableName(text[m[2]:m[3]])]; t != nil && t.place.File != path {
			at := line(m[0])
			t.dropped = &at
		}
	}
}

// tableName is a name without its schema and quotes.
func tableName(name string) string {
	name = strings.ToLower(strings.NewReplacer(`"`, "", "`", "").Replace(name))
	return name[strings.LastIndexByte(name, '.')+1:]
}

// maxDefinition bounds the text of one table.
const maxDefinition = 64 << 10

// definitions are the names of the columns in the brackets that text begins in.
func definitions(text string) []string {
	var list []string
	depth, begin := 1, 0
	add := func(end int) {
		fields := strings.Fields(text[begin:end])
		if len(fields) > 1 {
			if name := tableName(fields[0]); !notColumns[name] {
				list = append(list, name)
			}
		}
		begin = end + 1
	}
	for i := 0; i < len(text) && i < maxDefinition; i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				add(i)
				return list
			}
		case ',':
			if depth == 1 {
				add(i)
			}
		}
	}
	return list
}
