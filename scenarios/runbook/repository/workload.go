package repository

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// kinds are the workloads by the names that kubectl takes.
var kinds = map[string]string{
	"deployment": "deployment", "deployments": "deployment", "deploy": "deployment", "deployment.apps": "deployment",
	"statefulset": "statefulset", "statefulsets": "statefulset", "sts": "statefulset", "statefulset.apps": "statefulset",
	"daemonset": "daemonset", "daemonsets": "daemonset", "ds": "daemonset", "cronjob": "cronjob", "cronjobs": "cronjob", "cj": "cronjob",
}

// target is the workload that a kubectl command names.
func target(c *script.Call) (kind, workload string, found bool) {
	words := commandWords(c)
	for i, w := range words {
		if w.Open {
			continue
		}
		if k, n, ok := strings.Cut(w.Text, "/"); ok && kinds[strings.ToLower(k)] != "" && name.MatchString(n) {
			return kinds[strings.ToLower(k)], n, true
		}
		if kinds[strings.ToLower(w.Text)] != "" && i > 0 && i+1 < len(words) && !words[i+1].Open && name.MatchString(words[i+1].Text) {
			return kinds[strings.ToLower(w.Text)], words[i+1].Text, true
		}
	}
	return "", "", false
}

// commandWords are the words of a kubectl command in front of --, without its
// options and their values.
func commandWords(c *script.Call) []script.Word {
	var list []script.Word
	for i := 0; i < len(c.Args); i++ {
		text := c.Args[i].Text
		switch {
		case text == "--":
			return list
		case valued[text]:
			i++
		case strings.HasPrefix(text, "-"):
		default:
			list = append(list, c.Args[i])
		}
	}
	return list
}

var valued = map[string]bool{
	"-n": true, "--namespace": true, "-c": true, "--container": true, "-l": true, "--selector": true, "-o": true, "--output": true, "--tail": true, "--since": true,
	"--context": true, "--kubeconfig": true, "--replicas": true, "--to-revision": true, "--timeout": true, "--sort-by": true, "-p": true, "--patch": true, "-f": true, "--type": true, "--from": true, "--field-selector": true, "--for": true,
}

var workloadRule = rule{
	id: "repository-workload", title: "workloads and containers are those of the repository", severity: lint.Error,
	why: "kubectl finds nothing under the name, in the middle of an incident",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.workloads) == 0 || r.Templates {
			return
		}
		for _, c := range r.script.Calls {
			if c.Program != "kubectl" || r.outside(c) || len(c.Args) > 0 && (c.Word(0) == "create" || c.Word(0) == "delete") {
				continue
			}
			kind, workload, ok := target(c)
			if !ok {
				continue
			}
			found, other := r.workload(kind, workload)
			switch {
			case found != nil:
				r.containerOf(c, *found, report)
			case other != nil:
				report(r.at(c, fmt.Sprintf("%s is no %s: %s has it as a %s", workload, kind, other.place, other.kind), fmt.Sprintf("write %s/%s", other.kind, workload)))
			case r.names > 0 || alike(workload, r.all()):
				report(r.at(c, fmt.Sprintf("the repository has no %s %s; %s", kind, workload, r.ofKind(kind)), "use the name that is deployed"))
			}
		}
	},
}

// outside tells whether a command is about a namespace of others.
func (r *reader) outside(c *script.Call) bool {
	w, ok := c.Value("-n", "--namespace")
	if !ok {
		return false
	}
	_, known := r.namespaces[w.Text]
	return !known && (w.Open || common.MatchString(w.Text))
}

func (r *reader) workload(kind, name string) (found, other *workload) {
	for i, w := range r.workloads {
		if w.name != name {
			continue
		}
		if w.kind == kind || w.kind == "rollout" && kind == "deployment" {
			return &r.workloads[i], nil
		}
		other = &r.workloads[i]
	}
	return nil, other
}

// all are the workloads by their names.
func (r *reader) all() map[string]Place {
	m := map[string]Place{}
	for _, w := range r.workloads {
		m[w.name] = w.place
	}
	return m
}

// ofKind lists the workloads of a kind that there are.
func (r *reader) ofKind(kind string) string {
	m := map[string]Place{}
	for _, w := range r.workloads {
		if w.kind == kind {
			m[w.name] = w.place
		}
	}
	if len(m) == 0 {
		m = r.all()
	}
	return places(m)
}

func (r *reader) containerOf(c *script.Call, w workload, report func(lint.Finding)) {
	named, ok := c.Value("-c", "--container")
	if !ok || named.Open || len(w.containers) == 0 || !name.MatchString(named.Text) {
		return
	}
	var have []string
	for _, other := range r.workloads {
		if other.name != w.name {
			continue
		}
		for _, container := range other.containers {
			if container.name == named.Text {
				return
			}
			have = append(have, container.name)
		}
	}
	report(r.at(c, fmt.Sprintf("%s has no container %s; %s has %s", w.name, named.Text, w.place, strings.Join(have, ", ")), "use the container's name"))
}
