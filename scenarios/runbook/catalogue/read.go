package catalogue

import (
	"regexp"
	"strings"
)

// reference is a column of a relation of the catalogue.
type reference struct{ relation, name string }

// statement is what a statement of SQL mentions of the catalogue.
type statement struct {
	functions, relations []string
	columns              []reference
}

var (
	fillIns = regexp.MustCompile(`<[^<>=\s][^<>=]*>|\$\{[^}]*\}|\{\{?[^{}]*\}\}?|\[[A-Za-z_ -]+\]|:'?"?\w+"?'?\b`)
	tokens  = regexp.MustCompile(`--[^\n]*|/\*[\s\S]*?\*/|[eE]?'(?:[^']|'')*'|"[^"]*"|\$\w*\$[\s\S]*?\$\w*\$|::\s*[\w"]+(?:\s*\[\])?|[A-Za-z_][\w$]*|\$\w+|\d[\w.]*|[^\s]`)
	word    = regexp.MustCompile(`^[a-z_]\w*$`)
)

// maxTokens bounds what is read of one statement.
const maxTokens = 4000

// read finds what a statement mentions. A name without its relation counts only
// where there is one relation and nothing that could give other names.
func read(sql string) statement {
	list := split(sql)
	var s statement
	if len(list) == 0 || !reads[list[0]] {
		return s
	}
	from, simple := sources(list)
	t := load()
	for name := range from {
		if r := from[name]; r == name {
			s.relations = append(s.relations, r)
		}
	}
	aliases := map[string]bool{}
	only := ""
	if simple {
		for _, r := range from {
			only = r
		}
	}
	for i, token := range list {
		if !word.MatchString(token) {
			continue
		}
		next, before := at(list, i+1), at(list, i-1)
		switch {
		case next == "(":
			aliases[token] = true // a column of the result without a name has that of its function
			if before != "." || at(list, i-2) == "pg_catalog" {
				s.functions = append(s.functions, token)
			}
		case before == ".":
			if r, ok := from[at(list, i-2)]; ok && at(list, i-3) != "." && next != "." {
				s.columns = append(s.columns, reference{r, token})
			}
		case next == "from" && before == "(": // a field of extract
		case next == "." || t.words[token] || only == "" || token == only || from[token] != "":
		case before == "as" || before == ")" || before == "]" || word.MatchString(before) && !t.words[before] || strings.HasPrefix(before, "'") || strings.HasPrefix(before, "::") || before == "end" || before == "over" || before != "" && before[0] >= '0' && before[0] <= '9':
			aliases[token] = true
		case aliases[token]:
		default:
			s.columns = append(s.columns, reference{only, token})
		}
	}
	kept := s.columns[:0]
	for _, c := range s.columns {
		if c.relation != only || !aliases[c.name] {
			kept = append(kept, c)
		}
	}
	s.columns = kept
	return s
}

// split takes a text apart into words and marks, in small letters.
func split(sql string) []string {
	var list []string
	for _, t := range tokens.FindAllString(maskCasts(sql), maxTokens) {
		if strings.HasPrefix(t, "--") || strings.HasPrefix(t, "/*") {
			continue
		}
		if len(t) > 2 && t[0] == '"' {
			t = t[1 : len(t)-1]
		}
		list = append(list, strings.ToLower(t))
	}
	return list
}

// reads are the words that a query begins with.
var reads = map[string]bool{"select": true, "with": true, "explain": true, "update": true, "delete": true, "(": true, "create": true, "copy": true}

// maskCasts blanks what a reader fills in and what psql replaces, and keeps
// the casts, which begin with a colon too.
func maskCasts(sql string) string {
	sql = strings.ReplaceAll(sql, "::", "\x01")
	sql = fillIns.ReplaceAllString(sql, "''")
	return strings.ReplaceAll(sql, "\x01", "::")
}

func at(list []string, i int) string {
	if i < 0 || i >= len(list) {
		return ""
	}
	return list[i]
}

// sources are the relations of a statement by the names they go by; simple
// tells that there is one, and one query.
func sources(list []string) (from map[string]string, simple bool) {
	from = map[string]string{}
	ambiguous := map[string]bool{}
	selects, relations := 0, 0
	other := false
	for i, token := range list {
		switch token {
		case "select":
			selects++
		case "with", "lateral", "union", "intersect", "except", "insert", "update", "delete", "create", "copy", "do":
			other = true
		}
		if token != "from" && token != "join" || at(list, i+1) == "(" || inFunction(list, i) {
			if token == "from" && at(list, i+1) == "(" || token == "join" {
				other = true
			}
			continue
		}
		j := i + 1
		if at(list, j) == "only" || at(list, j) == "lateral" {
			j++
		}
		for j < len(list) {
			name := list[j]
			if at(list, j+1) == "." {
				if name != "pg_catalog" && name != "public" && name != "information_schema" {
					name = "" // of somebody's schema
				} else {
					name = at(list, j+2)
				}
				j += 2
			}
			if at(list, j+1) == "(" {
				other = true // a function, or a list of columns
				break
			}
			relations++
			alias := name
			if at(list, j+1) == "as" {
				j++
			}
			if next := at(list, j+1); word.MatchString(next) && !load().words[next] {
				alias = next
				j++
			}
			if before, ok := from[alias]; ok && before != name {
				ambiguous[alias] = true
			}
			if name != "" {
				from[alias] = name
				if alias != name {
					// The relation's own name is hidden by its alias.
					if _, ok := from[name]; !ok {
						from[name] = name
					}
				}
			}
			if at(list, j+1) != "," {
				break
			}
			other = true
			j += 2
			if at(list, j) == "(" || at(list, j) == "lateral" {
				break
			}
		}
	}
	for alias := range ambiguous {
		delete(from, alias)
	}
	return from, selects == 1 && relations == 1 && !other
}

// inFunction tells whether a "from" is that of extract(epoch from ...), trim
// or substring.
func inFunction(list []string, i int) bool {
	depth := 0
	for j := i - 1; j >= 0 && i-j < 12; j-- {
		switch list[j] {
		case ")":
			depth++
		case "(":
			if depth == 0 {
				switch at(list, j-1) {
				case "extract", "trim", "substring", "overlay", "position":
					return true
				}
				return false
			}
			depth--
		case "select":
			return false
		}
	}
	return false
}

// Relations are the relations that a query reads from or a statement changes,
// without their schemas.
func Relations(sql string) []string {
	list := split(sql)
	if len(list) == 0 || !reads[list[0]] && list[0] != "insert" {
		return nil
	}
	ctes := map[string]bool{}
	var names []string
	for i, token := range list {
		switch {
		case token == "as" && at(list, i+1) == "(" && i > 0:
			ctes[list[i-1]] = true
			continue
		case token == "update" && i == 0, token == "into" && at(list, i-1) == "insert", token == "from" && !inFunction(list, i) && at(list, i-1) != "distinct", token == "join":
		default:
			continue
		}
		j := i + 1
		if at(list, j) == "only" {
			j++
		}
		name := at(list, j)
		if at(list, j+1) == "." {
			name = at(list, j+2)
			j += 2
		}
		if word.MatchString(name) && (at(list, j+1) != "(" || token == "into") && !load().words[name] {
			names = append(names, name)
		}
	}
	kept := names[:0]
	for _, name := range names {
		if !ctes[name] {
			kept = append(kept, name)
		}
	}
	return kept
}

// ColumnsOf are the columns of one relation that a statement surely names.
func ColumnsOf(sql, relation string) []string {
	var list []string
	for _, c := range read(sql).columns {
		if c.relation == relation && !system[c.name] {
			list = append(list, c.name)
		}
	}
	return list
}
