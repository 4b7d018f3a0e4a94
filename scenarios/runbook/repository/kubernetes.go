package repository

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// template marks are those of Helm and of others that fill in files.
var templated = regexp.MustCompile(`\{\{[^{}\n]*\}\}`)

// yaml reads a file with one or more documents, whatever they are.
func (f *Facts) yaml(path string, text []byte) {
	if templated.Match(text) && bytes.Contains(text, []byte("kind:")) {
		f.Templates = true
		f.unread(path, "a template: render it (helm template, kustomize build) to have it read")
		return
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for n := 0; n < 500; n++ {
		var root yaml.Node
		err := decoder.Decode(&root)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			if bytes.Contains(text, []byte("kind:")) || bytes.Contains(text, []byte("openapi:")) {
				f.unread(path, strings.TrimPrefix(err.Error(), "yaml: "))
				f.Templates = true
			}
			return
		}
		if len(root.Content) > 0 {
			f.document(path, root.Content[0])
		}
	}
}

func (f *Facts) document(path string, n *yaml.Node) {
	kind := text(n, "kind")
	switch {
	case kind != "" && get(n, "apiVersion") != nil:
		f.object(path, n, kind)
	case strings.HasPrefix(filepath.Base(path), "kustomization"):
		f.namespace(path, get(n, "namespace"))
	case get(n, "openapi") != nil || get(n, "swagger") != nil:
		f.openapi(path, n)
	case get(n, "groups") != nil:
		f.rules(path, get(n, "groups"))
	case composeFile.MatchString(filepath.Base(path)) && get(n, "services") != nil:
		f.composeServices(path, get(n, "services"))
	}
}

func (f *Facts) namespace(path string, n *yaml.Node) {
	if n != nil && n.Kind == yaml.ScalarNode && n.Value != "" {
		if _, ok := f.namespaces[n.Value]; !ok {
			f.namespaces[n.Value] = Place{path, n.Line}
		}
	}
}

func (f *Facts) object(path string, n *yaml.Node, kind string) {
	if kind == "List" {
		for _, item := range items(get(n, "items")) {
			f.object(path, item, text(item, "kind"))
		}
		return
	}
	metadata := get(n, "metadata")
	f.namespace(path, get(metadata, "namespace"))
	name := get(metadata, "name")
	if kind == "Kustomization" {
		f.namespace(path, get(n, "namespace"))
		return
	}
	if name == nil {
		return
	}
	at := Place{path, name.Line}
	switch kind {
	case "Namespace":
		f.namespace(path, name)
	case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout":
		spec := get(n, "spec")
		if kind == "CronJob" {
			spec = get(get(spec, "jobTemplate"), "spec")
		}
		pod := get(spec, "template")
		w := workload{kind: strings.ToLower(kind), name: name.Value, place: at, labels: map[string]string{}}
		for _, labels := range []*yaml.Node{get(metadata, "labels"), get(get(pod, "metadata"), "labels")} {
			each(labels, func(key string, value *yaml.Node) { w.labels[key] = value.Value })
		}
		for _, c := range append(items(get(get(pod, "spec"), "containers")), items(get(get(pod, "spec"), "initContainers"))...) {
			w.containers = append(w.containers, f.container(path, c))
		}
		f.workloads = append(f.workloads, w)
	case "Service":
		s := service{name: name.Value, place: at, ports: map[string]bool{}}
		for _, p := range items(get(get(n, "spec"), "ports")) {
			for _, key := range []string{"port", "name"} {
				if v := text(p, key); v != "" {
					s.ports[v] = true
				}
			}
		}
		f.services = append(f.services, s)
	case "ConfigMap", "Secret":
		for _, data := range []string{"data", "stringData"} {
			each(get(n, data), func(key string, value *yaml.Node) {
				if envName.MatchString(key) {
					f.variable(key, Place{path, value.Line})
				}
			})
		}
	case "PrometheusRule":
		f.rules(path, get(get(n, "spec"), "groups"))
	}
}

var envName = regexp.MustCompile(`^[A-Z][A-Z0-9_]+$`)

func (f *Facts) container(path string, n *yaml.Node) container {
	c := container{name: text(n, "name"), image: text(n, "image"), probes: map[string]probe{}}
	for _, e := range items(get(n, "env")) {
		if name := get(e, "name"); name != nil {
			f.variable(name.Value, Place{path, name.Line})
		}
	}
	for _, kind := range []string{"livenessProbe", "readinessProbe", "startupProbe"} {
		if p := get(n, kind); p != nil {
			c.probes[kind] = probe{}
			flatten(path, "", p, c.probes[kind], 0)
		}
	}
	return c
}

// flatten lists the values below a node by their paths.
func flatten(path, prefix string, n *yaml.Node, into probe, depth int) {
	each(n, func(key string, v *yaml.Node) {
		if v.Kind == yaml.ScalarNode {
			into[prefix+key] = value{v.Value, Place{path, v.Line}}
		} else if depth < 5 {
			flatten(path, prefix+key+".", v, into, depth+1)
		}
	})
}

func (f *Facts) rules(path string, groups *yaml.Node) {
	for _, group := range items(groups) {
		for _, rule := range items(get(group, "rules")) {
			if name := get(rule, "alert"); name != nil {
				f.alerts = append(f.alerts, alert{name.Value, text(get(rule, "annotations"), "runbook_url"), Place{path, name.Line}})
			}
		}
	}
}

func (f *Facts) composeServices(path string, n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		name, body := n.Content[i], n.Content[i+1]
		s := composeService{place: Place{path, name.Line}, ports: map[string]bool{}}
		for _, p := range items(get(body, "ports")) {
			s.ports[p.Value] = true
		}
		if _, ok := f.compose[name.Value]; !ok {
			f.compose[name.Value] = s
		}
		if container := text(body, "container_name"); container == "" || strings.Contains(container, "$") {
			f.unnamed[name.Value] = true
		} else {
			f.containers[container] = named{name.Value, Place{path, get(body, "container_name").Line}}
		}
		environment := get(body, "environment")
		each(environment, func(key string, v *yaml.Node) { f.variable(key, Place{path, v.Line}) })
		for _, e := range items(environment) {
			if key, _, _ := strings.Cut(e.Value, "="); envName.MatchString(key) {
				f.variable(key, Place{path, e.Line})
			}
		}
	}
}

var methods = map[string]bool{"get": true, "post": true, "put": true, "patch": true, "delete": true, "head": true, "options": true}

func (f *Facts) openapi(path string, n *yaml.Node) {
	base := strings.TrimRight(text(n, "basePath"), "/")
	if base != "" {
		f.prefixes = append(f.prefixes, base)
	}
	for _, server := range items(get(n, "servers")) {
		if m := serverPath.FindStringSubmatch(text(server, "url")); m != nil {
			f.hosts = append(f.hosts, m[1])
			if path := strings.TrimRight(m[2], "/"); path != "" {
				f.prefixes = append(f.prefixes, path)
			}
		}
	}
	each(get(n, "paths"), func(p string, item *yaml.Node) {
		each(item, func(method string, body *yaml.Node) {
			if !methods[method] {
				return
			}
			o := operation{method: strings.ToUpper(method), path: p, place: Place{path, body.Line}, codes: map[string]bool{}}
			each(get(body, "responses"), func(code string, _ *yaml.Node) { o.codes[code] = true })
			f.operations = append(f.operations, o)
		})
	})
}

var serverPath = regexp.MustCompile(`^(?:https?://([^/]+))?(/.*)?$`)

// get is the value of a key.
func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			v := n.Content[i+1]
			if v.Kind == yaml.AliasNode {
				v = v.Alias
			}
			return v
		}
	}
	return nil
}

func text(n *yaml.Node, key string) string {
	if v := get(n, key); v != nil && v.Kind == yaml.ScalarNode {
		return v.Value
	}
	return ""
}

func items(n *yaml.Node) []*yaml.Node {
	if n == nil || n.Kind != yaml.SequenceNode {
		return nil
	}
	return n.Content
}

func each(n *yaml.Node, visit func(key string, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i].Value, n.Content[i+1])
	}
}
