package manifest

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var selected = map[string]bool{"Deployment": true, "DaemonSet": true, "StatefulSet": true, "ReplicaSet": true}

var selector = rule.Rule{
	ID: "manifest-selector", Title: "the cluster accepts a manifest", Severity: lint.Error,
	Why: "apps/v1 refuses a workload without a selector that fits the labels of its pods",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, r := range roots(in, "apiVersion:") {
			kind := value(r.node, "kind")
			pod := at(r.node, "spec", "template", "spec", "containers")
			if !selected[kind] || !strings.HasPrefix(value(r.node, "apiVersion"), "apps/") || pod == nil || pod.Kind != yaml.SequenceNode || strings.Contains(r.text, "...") || value(r.node, "metadata", "name") == "" {
				continue
			}
			switch {
			case !imaged(pod):
			case at(r.node, "spec", "selector") == nil:
				report(r.finding(at(r.node, "spec"), fmt.Sprintf("this %s has no selector: the cluster refuses it", kind), "add spec.selector.matchLabels, and the same labels to spec.template.metadata"))
			case at(r.node, "spec", "template", "metadata", "labels") == nil:
				report(r.finding(at(r.node, "spec", "template"), fmt.Sprintf("the pods of this %s have no labels for its selector: the cluster refuses it", kind), "add the labels of the selector to spec.template.metadata"))
			}
		}
	},
}

// imaged tells whether all containers have an image: the manifest is no excerpt.
func imaged(containers *yaml.Node) bool {
	for _, c := range containers.Content {
		if value(c, "image") == "" {
			return false
		}
	}
	return len(containers.Content) > 0
}
