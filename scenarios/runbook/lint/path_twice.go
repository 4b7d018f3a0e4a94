package lint

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

var pathTwice = Rule{
	ID: "path-twice", Title: "a path is told in one way", Severity: Warning,
	Why: "one of the two is not there, and whoever tries it takes a 404 for the failure",
	Find: func(in Input, report func(Finding)) {
		requested := map[string]bool{}
		for _, s := range in.Document.Statements {
			for _, p := range requests(s) {
				requested[p] = true
			}
		}
		for _, s := range in.Document.Statements {
			for _, p := range requests(s) {
				for longer := range requested {
					if longer != p && strings.HasSuffix(longer, p) && !requestedElse(requested, longer, p) {
						report(at(s, fmt.Sprintf("the path %s is told as %s elsewhere", p, longer), "write "+longer).withFix(s.Line, p, longer))
					}
				}
			}
		}
	},
}

// requestedElse tells whether yet another path ends alike: then nobody knows
// which of them is meant.
func requestedElse(requested map[string]bool, longer, p string) bool {
	for other := range requested {
		if other != longer && other != p && strings.HasSuffix(other, p) {
			return true
		}
	}
	return false
}

var methods = map[string]bool{"GET": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "HEAD": true}

// requests are the paths of HTTP requests in a statement: those of curl, and
// those with a method in front.
func requests(s document.Statement) []string {
	var list []string
	switch s.Kind {
	case document.Command:
		tokens := binding.Tokens(s.Text)
		if !hasProgram(tokens, "curl") {
			return nil
		}
		for i, t := range tokens {
			if t == "|" {
				break
			}
			if i > 0 && fileOptions[tokens[i-1]] {
				continue
			}
			if f := facts.Parse(t); f.Type == facts.Path {
				list = append(list, f.Value)
			}
			if _, rest, found := strings.Cut(t, "://"); found {
				if at := strings.IndexByte(rest, '/'); at >= 0 {
					list = append(list, strings.TrimRight(rest[at:], "/"))
				}
			}
		}
	case document.Symptom, document.Item, document.Prose, document.Row, document.Comment:
		before := ""
		for _, f := range facts.Of(s.Text) {
			if f.Type == facts.Path && methods[before] {
				list = append(list, f.Value)
			}
			before = f.Value
		}
	}
	return list
}
