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
		block, manifest := -1, ""
		for _, s := range r.Statements {
			if s.Kind != document.Setting {
				continue
			}
			if s.Block != block {
				block, manifest = s.Block, r.manifest(s.Block)
			}
			for _, kind := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
				_, field, found := strings.Cut(s.Key, kind+".")
				if !found {
					continue
				}
				if deployed, at, sure := r.probe(manifest, kind, field); sure && deployed != s.Value {
					report(on(s, fmt.Sprintf("%s.%s is %s here, and %s in %s", kind, field, s.Value, deployed, at), "copy the probe anew from where it is deployed"))
				}
			}
		}
	},
}

// manifest is the name of the object that a block is, or empty where it is a
// part of one.
func (r *reader) manifest(block int) string {
	for _, s := range r.Statements {
		if s.Block == block && s.Kind == document.Setting && s.Key == "metadata.name" {
			return s.Value
		}
	}
	return ""
}

// probe is the value of a field in the workload that a block is about: the one
// that it names, or else the only one that has such a probe, where the
// document is about it. It is not sure where the workload has several.
func (r *reader) probe(manifest, kind, field string) (deployed string, at Place, sure bool) {
	about := ""
	for _, w := range r.workloads {
		for _, c := range w.containers {
			if c.probes[kind] == nil || manifest != "" && w.name != manifest {
				continue
			}
			if about != "" && about != w.name {
				return "", Place{}, false
			}
			about = w.name
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
	return deployed, at, sure && strings.Contains(strings.ToLower(string(r.Source)), about)
}
