package repository

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// common are namespaces that a cluster has besides those of the service.
var common = regexp.MustCompile(`^(?:default|kube-.*|monitoring|observability|logging|ingress.*|cert-manager|istio-.*|linkerd.*|argo.*|flux.*|prometheus.*|grafana|vault|external-secrets|openshift-.*|keda|velero|kyverno|loki|traefik|metallb.*|longhorn.*|rook.*|cnpg.*)$`)

var name = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

var namespaceRule = rule{
	id: "repository-namespace", title: "namespaces are those of the repository", severity: lint.Error,
	why: "kubectl answers that nothing is there, which reads like an outage",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.namespaces) == 0 || r.Templates {
			return
		}
		for _, c := range r.script.Calls {
			if c.Program != "kubectl" && c.Program != "helm" {
				continue
			}
			w, ok := c.Value("-n", "--namespace")
			if !ok || w.Open || !name.MatchString(w.Text) || common.MatchString(w.Text) {
				continue
			}
			if _, known := r.namespaces[w.Text]; !known && (r.names > 0 || alike(w.Text, r.namespaces)) {
				report(r.at(c, fmt.Sprintf("the repository has no namespace %s; %s", w.Text, places(r.namespaces)), "use the namespace that the service is deployed to"))
			}
		}
	},
}

// places lists a few names with where each stands.
func places(m map[string]Place) string {
	var list []string
	for _, n := range names(m) {
		if len(list) == 3 {
			list = append(list, fmt.Sprintf("and %d more", len(m)-3))
			break
		}
		list = append(list, fmt.Sprintf("%s is in %s", n, m[n]))
	}
	return strings.Join(list, ", ")
}
