package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

var pathTwice = Rule{
	ID: "path-twice", Title: "a path is told in one way", Severity: Warning,
	Why: "one of the two is not there, and whoever tries it takes a 404 for the failure",
	Find: func(in Input, report func(Finding)) {
		requested, hosts := map[string]bool{}, map[string]map[string]bool{}
		asked := make([][]string, len(in.Document.Statements))
		for i, s := range in.Document.Statements {
			asked[i] = requests(s, hosts)
			for _, p := range asked[i] {
				requested[p] = true
			}
			asked[i] = slices.DeleteFunc(asked[i], func(p string) bool { return p == "" })
		}
		longer := map[string]string{} // the one path that ends as another
		delete(requested, "")         // the root of a site
		for p := range requested {
			for at := strings.IndexByte(p[1:], '/') + 1; at > 0; {
				end := p[at:]
				if before := longer[end]; requested[end] && before != "" && before != p {
					longer[end] = several
				} else if requested[end] {
					longer[end] = p
				}
				next := strings.IndexByte(end[1:], '/') + 1
				if next == 0 {
					break
				}
				at += next
			}
		}
		for i, s := range in.Document.Statements {
			for _, p := range asked[i] {
				if l := longer[p]; l != "" && l != several && !ofItsOwn[p] && sameHost(hosts[p], hosts[l]) {
					report(at(s, fmt.Sprintf("the path %s is told as %s elsewhere", p, l), "write "+l).withFix(s.Line, p, l))
				}
			}
		}
	},
}

// several stands where more than one path ends alike: then nobody knows which
// of them is meant.
const several = "/"

// ofItsOwn are paths at which a server of its own answers, beside those of the
// service.
var ofItsOwn = map[string]bool{"/metrics": true, "/healthz": true, "/livez": true, "/readyz": true}

// sameHost tells whether two paths may be of one server: one of them is told
// without any, or both with the same.
func sameHost(a, b map[string]bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for h := range a {
		if b[h] {
			return true
		}
	}
	return false
}

var methods = map[string]bool{"GET": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "HEAD": true}

// requests are the paths of HTTP requests in a statement: those of curl, and
// those with a method in front. It notes the hosts that they are sent to.
func requests(s document.Statement, hosts map[string]map[string]bool) []string {
	var list []string
	if !strings.Contains(s.Text, "/") {
		return nil
	}
	switch s.Kind {
	case document.Command:
		if !strings.Contains(s.Text, "curl") {
			return nil
		}
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
					p := strings.TrimRight(rest[at:], "/")
					if hosts[p] == nil {
						hosts[p] = map[string]bool{}
					}
					hosts[p][rest[:at]] = true
					list = append(list, p)
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
