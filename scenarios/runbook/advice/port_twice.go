package advice

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var address = regexp.MustCompile(`https?://([a-z][a-z0-9.-]*)(?::(\d{2,5}))?(/[\w/.-]+)`)

var portTwice = rule.Rule{
	ID: "port-twice", Title: "one address has one port", Severity: lint.Warning,
	Why: "at one of the two nobody answers, and that is taken for the failure",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		type use struct {
			port string
			at   int
		}
		seen := map[string]use{}
		told := map[string]bool{}
		for i, s := range in.Statements {
			if s.Kind != document.Command || len(s.Text) > 8<<10 {
				continue
			}
			for _, m := range address.FindAllStringSubmatch(s.Text, 4) {
				host, port, key := m[1], m[2], m[1]+m[3]
				if host == "localhost" || told[key] || m[3] == "/metrics" {
					continue
				}
				before, found := seen[key]
				switch {
				case !found:
					seen[key] = use{port, i}
				case before.port != port:
					told[key] = true
					report(in.On(i, fmt.Sprintf("%s%s is asked at %s here, and at %s elsewhere", host, m[3], portName(port), portName(before.port)), "write one port"))
				}
			}
		}
	},
}

func portName(port string) string {
	if port == "" {
		return "the standard port"
	}
	return "port " + port
}
