package lint

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var outputField = Rule{
	ID: "output-field", Title: "a filter reads what the output has", Severity: Warning,
	Why: "jq prints null for a field that is not there, which reads like an answer",
	Find: func(in Input, report func(Finding)) {
		printed := map[string][]string{} // request, fields
		for _, s := range in.Document.Statements {
			if s.Kind != document.Output || s.Key == "" || s.Of < 0 {
				continue
			}
			if request, filter := filtered(in.Document.Statements[s.Of].Text); request != "" && filter == "" {
				printed[request] = append(printed[request], s.Key)
			}
		}
		for _, s := range in.Document.Statements {
			if s.Kind != document.Command {
				continue
			}
			request, filter := filtered(s.Text)
			if filter == "" || len(printed[request]) == 0 || has(printed[request], filter) {
				continue
			}
			report(at(s, fmt.Sprintf("the filter .%s reads a field that the expected output of %s does not show", filter, request),
				fmt.Sprintf("show %s in the expected output, or correct the filter", filter)))
		}
	},
}

func has(keys []string, filter string) bool {
	for _, k := range keys {
		if k == filter || strings.HasPrefix(k, filter+".") || strings.HasPrefix(k, filter+"[") {
			return true
		}
	}
	return false
}

// requestURL recognises what curl asks: an address in full, one behind a variable,
// a host with its port.
var requestURL = regexp.MustCompile(`^(?:https?://|\$\{?\w+\}?/|[\w.-]+:\d+/)\S+$`)

var fieldFilter = regexp.MustCompile(`^\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)$`)

// filtered is the address that a command asks, and the one field that jq takes
// out of the answer; no filter where jq shows all.
func filtered(command string) (request, filter string) {
	tokens := binding.Tokens(command)
	if !hasProgram(tokens, "curl") {
		return "", ""
	}
	for i, t := range tokens {
		if request == "" && requestURL.MatchString(t) && !fileOptions[tokens[max(i-1, 0)]] {
			request = t
		}
		if t == "jq" {
			for _, arg := range tokens[i+1:] {
				if strings.HasPrefix(arg, "-") {
					continue
				}
				m := fieldFilter.FindStringSubmatch(arg)
				if m == nil {
					if arg != "." && arg != "|" {
						return "", ""
					}
					break
				}
				filter = m[1]
				break
			}
		}
	}
	return request, filter
}
