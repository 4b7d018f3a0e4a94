package repository

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var oneLabel = regexp.MustCompile(`^([\w./-]+)==?([\w.-]+)$`)

var labelRule = rule{
	id: "repository-label", title: "labels are those of the pods", severity: lint.Error,
	why: "with a label that no pod has, kubectl prints nothing and exits with 0",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.workloads) == 0 || r.Templates {
			return
		}
		for _, c := range r.script.Calls {
			if c.Program != "kubectl" || r.outside(c) {
				continue
			}
			w, ok := c.Value("-l", "--selector")
			m := oneLabel.FindStringSubmatch(w.Text)
			if !ok || w.Open || m == nil {
				continue
			}
			values := map[string]Place{}
			for _, workload := range r.workloads {
				if v := workload.labels[m[1]]; v != "" {
					values[v] = workload.place
				}
			}
			if _, known := values[m[2]]; known {
				continue
			}
			if len(values) > 0 && (r.names > 0 || alike(m[2], values)) {
				report(r.at(c, fmt.Sprintf("no pod has the label %s=%s; %s", m[1], m[2], places(values)), "use the label of the pods"))
			} else if where, ok := r.labelled(m[2]); ok {
				report(r.at(c, fmt.Sprintf("no pod has a label %s; %s", m[1], where), "use the label of the pods"))
			}
		}
	},
}

// labelled says under which label a value stands.
func (r *reader) labelled(value string) (string, bool) {
	for _, w := range r.workloads {
		for _, key := range names(w.labels) {
			if w.labels[key] == value {
				return fmt.Sprintf("%s has %s=%s", w.place, key, value), true
			}
		}
	}
	return "", false
}
