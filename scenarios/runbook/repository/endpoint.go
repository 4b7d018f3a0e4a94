package repository

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	addressPath = regexp.MustCompile(`^(?:https?://)?([^/\s]+)(/[^\s?#]*)`)
	spokenPath  = regexp.MustCompile(`\b(GET|POST|PUT|PATCH|DELETE) (/[\w/{}:.-]+)`)
	status      = regexp.MustCompile(`\b(?:is|are|gets?|returns?|answer(?:s|ed)?(?: with)?|with|fails with) (?:an? )?(?:HTTP )?([45]\d\d)\b`)
	// operational are endpoints that contracts leave out.
	operational = regexp.MustCompile(`(?i)^/(?:-/|health|live|ready|metrics|actuator|debug|status|version|ping|swagger|openapi|docs|_|api/v1/(?:query|series|alerts|targets|rules|labels?|admin)|loki|grafana|healthz|readyz|livez)`)
)

var endpointRule = rule{
	id: "repository-endpoint", title: "endpoints are those of the contract", severity: lint.Error,
	why: "the request is answered with 404 or 405, whatever the state of the service",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.operations) == 0 {
			return
		}
		for _, c := range r.script.Calls {
			if c.Program != "curl" {
				continue
			}
			for i, a := range c.Args {
				m := addressPath.FindStringSubmatch(a.Text)
				if m == nil || i > 0 && takesText[c.Args[i-1].Text] || !r.host(m[1]) || !r.ours(m[2]) {
					continue
				}
				if text, ok := r.endpoint(method(c), m[2]); !ok {
					report(r.at(c, text, "use an endpoint of the contract, or correct the contract"))
				}
			}
		}
		for _, s := range r.Statements {
			switch s.Kind {
			case document.Symptom, document.Item, document.Prose, document.Row, document.Comment:
			default:
				continue
			}
			for _, m := range spokenPath.FindAllStringSubmatch(s.Text, 10) {
				if !r.ours(m[2]) {
					continue
				}
				text, ok := r.endpoint(m[1], strings.TrimRight(m[2], ".:"))
				if !ok {
					report(on(s, text, "use an endpoint of the contract, or correct the contract"))
					continue
				}
				r.code(s, m[1], strings.TrimRight(m[2], ".:"), report)
			}
		}
	},
}

// takesText are options whose value is no address.
var takesText = map[string]bool{"-H": true, "--header": true, "-d": true, "--data": true, "-o": true, "-w": true, "-A": true, "--cacert": true, "-u": true}

var inside = regexp.MustCompile(`^(?:localhost|127\.0\.0\.1|\$\{?\w+\}?|<[^>]+>|[a-z0-9-]+|[a-z0-9.-]+\.(?:svc|local|internal)(?:\.[a-z0-9.-]+)?)(?::\d+)?$`)

// host tells whether an address can be that of the service: one without a
// domain, or a server of the contract.
func (r *reader) host(name string) bool {
	for _, h := range r.hosts {
		if h == name {
			return true
		}
	}
	return inside.MatchString(name)
}

// method is the method of a curl.
func method(c *script.Call) string {
	if w, ok := c.Value("-X", "--request"); ok {
		return strings.ToUpper(w.Text)
	}
	for _, a := range c.Args {
		if rest, ok := strings.CutPrefix(a.Text, "-X"); ok && rest != "" {
			return strings.ToUpper(rest)
		}
	}
	switch {
	case c.Flag("-G", "--get"):
		return "GET"
	case c.Flag("-I", "--head"):
		return "GET" // where GET is, HEAD is
	case c.Flag("-d", "--data", "--data-raw", "--data-binary", "--json", "-F", "--form"):
		return "POST"
	}
	return "GET"
}

// ours tells whether a path can be one of the contract: its first part is that
// of one of its paths.
func (r *reader) ours(path string) bool {
	if operational.MatchString(path) {
		return false
	}
	for _, o := range r.operations {
		for _, prefix := range append(r.prefixes, "") {
			if first(prefix+o.path) == first(path) {
				return true
			}
		}
	}
	return false
}

func first(path string) string {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return part
}

// endpoint tells whether the contract has an operation, or what it has.
func (r *reader) endpoint(method, path string) (string, bool) {
	var other *operation
	for i, o := range r.operations {
		if !r.matches(o, path) {
			continue
		}
		if o.method == method {
			return "", true
		}
		other = &r.operations[i]
	}
	if other != nil {
		return fmt.Sprintf("the contract has no %s %s; %s has %s", method, path, other.place, other.method), false
	}
	if near := r.nearPath(path); near != nil && r.paths > 0 {
		return fmt.Sprintf("the contract has no path %s; %s has %s", path, near.place, near.path), false
	}
	return "", true // of another service, or an example
}

func (r *reader) matches(o operation, path string) bool {
	for _, prefix := range append(r.prefixes, "") {
		if samePath(prefix+o.path, path) {
			return true
		}
	}
	return false
}

// nearPath is an operation whose path differs in one part, or in what stands in
// front of it (/api, /v1).
func (r *reader) nearPath(path string) *operation {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i, o := range r.operations {
		for _, prefix := range append(r.prefixes, "") {
			template := strings.Split(strings.Trim(prefix+o.path, "/"), "/")
			if samePath(strings.Join(withoutPrefix(template), "/"), strings.Join(withoutPrefix(parts), "/")) {
				return &r.operations[i]
			}
			if len(template) != len(parts) || len(parts) < 2 {
				continue
			}
			apart, alike := 0, false
			for j := range parts {
				if !samePath(template[j], parts[j]) {
					apart++
					alike = strings.HasPrefix(template[j], parts[j]) || strings.HasPrefix(parts[j], template[j])
				}
			}
			if apart == 1 && alike {
				return &r.operations[i]
			}
		}
	}
	return nil
}

var frontPart = regexp.MustCompile(`^(?:api|v\d+)$`)

func withoutPrefix(parts []string) []string {
	for len(parts) > 1 && frontPart.MatchString(parts[0]) {
		parts = parts[1:]
	}
	return parts
}

// samePath compares a path with a template part by part.
func samePath(template, path string) bool {
	a, b := strings.Split(strings.Trim(template, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		open := strings.HasPrefix(a[i], "{") || strings.ContainsAny(b[i], "{}<>$:*")
		if a[i] != b[i] && !open {
			return false
		}
	}
	return true
}

// code judges the status that a sentence names for an operation.
func (r *reader) code(s document.Statement, method, path string, report func(lint.Finding)) {
	m := status.FindStringSubmatch(s.Text)
	if m == nil {
		return
	}
	for _, o := range r.operations {
		if o.method != method || !r.matches(o, path) {
			continue
		}
		if len(o.codes) < 2 || o.codes["default"] || o.codes[m[1]] || o.codes[m[1][:1]+"XX"] || o.codes[m[1][:1]+"xx"] {
			return
		}
		f := on(s, fmt.Sprintf("the contract knows no %s of %s %s (%s)", m[1], method, path, o.place), "correct one of the two")
		f.Severity = lint.Warning
		report(f)
		return
	}
}
