package repository

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var probeRule = rule{
	id: "repository-probe", title: "probes are those that are deployed", severity: lint.Error,
	why: "times and paths of a probe decide when a pod is restarted: the runbook promises others",
	find: func(r *reader, report func(lint.Finding)) {
		for _, s := range r.Statements {
			if s.Kind != document.Setting {
				continue
			}
			for _, kind := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
				_, field, found := strings.Cut(s.Key, kind+".")
				if !found {
					continue
				}
				if deployed, at, sure := r.probe(kind, field); sure && deployed != s.Value {
					report(on(s, fmt.Sprintf("%s.%s is %s here, and %s in %s", kind, field, s.Value, deployed, at), "copy the probe anew from where it is deployed"))
				}
			}
		}
	},
}

// probe is the value of a field in all workloads that have it; not sure where
// they differ.
func (r *reader) probe(kind, field string) (deployed string, at Place, sure bool) {
	for _, w := range r.workloads {
		for _, c := range w.containers {
			v, ok := c.probes[kind][field]
			if !ok {
				continue
			}
			if sure && v.text != deployed {
				return "", Place{}, false
			}
			deployed, at, sure = v.text, v.place, true
		}
	}
	return deployed, at, sure
}
