// Package sqlcheck finds what is certainly no SQL that Postgres would take. It
// is no parser: it knows quotes, brackets, verbs, the order of clauses and
// where an operand must stand, which is where hand-written queries go wrong.
// What it does not know it lets pass.
package sqlcheck

import (
	"fmt"
	"strings"
)

// Check says what is wrong with a text of one or more SQL statements, and at
// which offset; or nothing.
func Check(text string) (problem string, at int) {
	tokens, problem, at := lex(text)
	if problem != "" {
		return problem, at
	}
	begin := 0
	for i := 0; i <= len(tokens); i++ {
		if i == len(tokens) || tokens[i].text == ";" {
			list := tokens[begin:i]
			if problem, n := statement(list); problem != "" {
				return problem, list[min(n, len(list)-1)].at
			}
			begin = i + 1
		}
	}
	return "", 0
}

var verbs = map[string]bool{}

// clauses of a SELECT in the order in which they may stand.
var clauses = map[string]int{"FROM": 1, "WHERE": 2, "GROUP": 3, "HAVING": 4, "ORDER": 5, "LIMIT": 6}

// operators need something on both sides.
var operators = map[string]bool{"=": true, "<": true, ">": true, "<=": true, ">=": true, "<>": true, "!=": true, "||": true, "AND": true, "OR": true, "LIKE": true}

// ends are what no list, condition or operand begins with.
var ends = map[string]bool{"FROM": true, "WHERE": true, "GROUP": true, "HAVING": true, "ORDER": true, "LIMIT": true, ")": true, ",": true, "": true, "AND": true, "OR": true, "UNION": true}

func init() {
	for _, v := range strings.Fields("SELECT INSERT UPDATE DELETE SET RESET SHOW WITH EXPLAIN ALTER CREATE DROP GRANT REVOKE VACUUM ANALYZE REINDEX TRUNCATE COPY BEGIN START COMMIT ROLLBACK END SAVEPOINT RELEASE DISCARD LISTEN NOTIFY LOCK VALUES TABLE CALL DO EXECUTE PREPARE DEALLOCATE DECLARE FETCH CLOSE REFRESH COMMENT CLUSTER CHECKPOINT ABORT ANALYSE IMPORT LOAD MERGE MOVE REASSIGN SECURITY UNLISTEN") {
		verbs[v] = true
	}
}

func statement(tokens []token) (problem string, n int) {
	if len(tokens) == 0 {
		return "", 0
	}
	first := tokens[0].upper()
	if strings.HasPrefix(first, `\`) || first == "(" {
		return "", 0 // a command of psql, or a set operation
	}
	if !verbs[first] {
		return fmt.Sprintf("no statement begins with %q", tokens[0].text), 0
	}
	if problem, n := brackets(tokens); problem != "" {
		return problem, n
	}
	if problem, n := operands(tokens); problem != "" {
		return problem, n
	}
	switch first {
	case "SELECT":
		return query(tokens)
	case "SET":
		return setting(tokens), 0
	case "DELETE":
		return needs(tokens, "DELETE", "FROM"), 0
	case "INSERT":
		return needs(tokens, "INSERT", "INTO"), 0
	case "UPDATE":
		for _, t := range tokens {
			if t.upper() == "SET" {
				return "", 0
			}
		}
		return "UPDATE without SET", 0
	}
	return "", 0
}

func needs(tokens []token, verb, word string) string {
	if len(tokens) < 3 || tokens[1].upper() != word {
		return verb + " without " + word
	}
	return ""
}

func setting(tokens []token) string {
	if len(tokens) > 1 && (tokens[1].upper() == "LOCAL" || tokens[1].upper() == "SESSION") {
		tokens = tokens[1:]
	}
	if len(tokens) > 1 && (tokens[1].upper() == "ROLE" || tokens[1].upper() == "TRANSACTION" || tokens[1].upper() == "TIME" || tokens[1].upper() == "CHARACTERISTICS" || tokens[1].upper() == "CONSTRAINTS") {
		return ""
	}
	if len(tokens) < 4 || tokens[2].text != "=" && tokens[2].upper() != "TO" {
		return "SET needs a name, = or TO, and a value"
	}
	return ""
}

func brackets(tokens []token) (problem string, n int) {
	depth, opened := 0, 0
	for i, t := range tokens {
		switch t.text {
		case "(":
			if depth++; depth == 1 {
				opened = i
			}
		case ")":
			if depth--; depth < 0 {
				return "a bracket closes that was never opened", i
			}
		}
	}
	if depth > 0 {
		return "a bracket is never closed", opened
	}
	return "", 0
}

// query checks the clauses of a SELECT outside of brackets.
func query(tokens []token) (problem string, n int) {
	if len(tokens) < 2 {
		return "SELECT of nothing", 0
	}
	depth, last, name := 0, 0, ""
	for i, t := range tokens {
		word := t.upper()
		switch word {
		case "(":
			depth++
		case ")":
			depth--
		case "UNION", "INTERSECT", "EXCEPT":
			if depth == 0 {
				last, name = 0, ""
			}
		}
		order := clauses[word]
		if depth > 0 || order == 0 || t.quoted {
			continue
		}
		if i > 0 && (word == "FROM" && tokens[i-1].upper() == "DISTINCT" || word == "GROUP" && tokens[i-1].upper() == "WITHIN") {
			continue // IS DISTINCT FROM, WITHIN GROUP
		}
		if order < last {
			return fmt.Sprintf("%s stands behind %s", word, name), i
		}
		if order == last && word != "FROM" {
			return fmt.Sprintf("%s stands twice", word), i
		}
		last, name = order, word
		if i+1 == len(tokens) || ends[tokens[i+1].upper()] && !tokens[i+1].quoted {
			return fmt.Sprintf("nothing follows %s", word), i
		}
		if (word == "GROUP" || word == "ORDER") && tokens[i+1].upper() != "BY" {
			return word + " without BY", i
		}
	}
	return "", 0
}

// operands checks that commas and operators stand between things.
func operands(tokens []token) (problem string, n int) {
	for i, t := range tokens {
		if t.quoted {
			continue
		}
		next := ""
		if i+1 < len(tokens) {
			next = tokens[i+1].upper()
			if tokens[i+1].quoted {
				next = "'"
			}
		}
		word := t.upper()
		switch {
		case word == "," && (ends[next] || i == 0):
			return "a comma is followed by nothing that it could part", i
		case operators[word] && (ends[next] || next != "(" && operators[next]):
			return fmt.Sprintf("nothing follows %s", t.text), i
		case word == "WHERE" && operators[next]:
			return "a condition begins with " + next, i
		case word == "SELECT" && next == "," && i == 0:
			return "SELECT of nothing", i
		}
	}
	return "", 0
}
