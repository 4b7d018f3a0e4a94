package advice

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var nearNames = rule.Rule{
	ID: "near-names", Title: "one namespace, one workload has one name", Severity: lint.Warning,
	Why: "one of the two is not there, or is another one",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		spaces, workloads := names{}, names{}
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" && c.Program != "helm" {
				continue
			}
			if w, ok := c.Value("-n", "--namespace"); ok && !w.Open {
				spaces.add(w.Text, c)
			}
			if m := workload.FindStringSubmatch(c.String()); m != nil {
				workloads.add(m[1], c)
			}
		}
		spaces.near("namespace", abbreviates, report)
		workloads.near("deployment", extends, report)
	},
}

var workload = regexp.MustCompile(`\b(?:deployments?|deploy)(?:/|\s)([a-z][a-z0-9-]*)()(?:\s|$)`)

// names are names with the calls that have them.
type names map[string][]*script.Call

func (n names) add(name string, c *script.Call) { n[name] = append(n[name], c) }

// near reports names that are nearly another, at the one that is used less.
func (n names) near(what string, same func(short, long string) bool, report func(rule.Finding)) {
	if len(n) > maxNames {
		return
	}
	var list []string
	for name := range n {
		list = append(list, name)
	}
	sort.Strings(list)
	for _, short := range list {
		for _, long := range list {
			if short == long || !same(short, long) {
				continue
			}
			rare, other := short, long
			if len(n[long]) < len(n[short]) {
				rare, other = long, short
			}
			report(rule.At(n[rare][0], fmt.Sprintf("the %s is called %s here and %s elsewhere", what, rare, other), "write one name"))
		}
	}
}

// maxNames bounds the names that are compared with each other.
const maxNames = 60

// abbreviates tells whether a name is the beginning of a word that the other is.
func abbreviates(short, long string) bool {
	for _, w := range [][2]string{{"prod", "production"}, {"stage", "staging"}, {"stg", "staging"}, {"dev", "development"}, {"monitor", "monitoring"}, {"db", "database"}} {
		if short == w[0] && long == w[1] || strings.TrimSuffix(short, w[0])+w[1] == long && strings.HasSuffix(short, "-"+w[0]) {
			return true
		}
	}
	return false
}

// extends tells whether a name is the other with a word that says what it is.
func extends(short, long string) bool {
	rest, ok := strings.CutPrefix(long, short+"-")
	return ok && (rest == "service" || rest == "deployment" || rest == "app" || rest == "svc")
}
