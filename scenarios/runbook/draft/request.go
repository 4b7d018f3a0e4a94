package draft

import (
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// requests are what a document asks of its service.
type requests struct {
	// ready and live are the paths of the health checks, read and write are paths of the
	// API without a parameter; empty: the document names none.
	ready, live, read, write string
	// named says of ready and read whether the document names it; it is a default otherwise.
	named map[string]bool
}

var (
	spoken = regexp.MustCompile("\\b(GET|POST|PUT|DELETE|PATCH|HEAD)\\s+`?(/[\\w./{}:-]*)")
	inURL  = regexp.MustCompile(`https?://[^/\s"'` + "`" + `]+(/[\w./{}:-]*)`)
	quoted = regexp.MustCompile("`(/[\\w./{}:-]*)`")
	asked  = regexp.MustCompile(`(?:-X|--request)[ =]?(\w+)`)
	sends  = regexp.MustCompile(`(?:^|\s)(?:-d|--data\S*|--json)\b`)
	health = regexp.MustCompile(`(?i)health|ready|live|alive|ping|status`)
	aside  = regexp.MustCompile(`(?i)metrics|docs|swagger|openapi|debug|admin|actuator`)
	prefix = regexp.MustCompile(`^/(?:api|v\d)\b`)
)

// request is a method and a path.
type request struct{ method, path string }

// requestsIn are those that a text names.
func requestsIn(text string) []request {
	var list []request
	add := func(method, path string) {
		if path = strings.TrimRight(path, "./:"); path != "" && !slices.Contains(list, request{method, path}) {
			list = append(list, request{method, path})
		}
	}
	for _, m := range spoken.FindAllStringSubmatch(text, -1) {
		add(m[1], m[2])
	}
	for _, m := range inURL.FindAllStringSubmatch(text, -1) {
		method := "GET"
		if a := asked.FindStringSubmatch(text); a != nil {
			method = a[1]
		} else if sends.MatchString(text) {
			method = "POST"
		}
		add(method, m[1])
	}
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		if prefix.MatchString(m[1]) || health.MatchString(m[1]) {
			add("GET", m[1])
		}
	}
	return list
}

// plain tells whether a path can be asked for as it is written.
func (r request) plain() bool { return !strings.ContainsAny(r.path, "{}:<>$") }

// defaultRead is what is read where a document names no request: a profile's routes say where
// the service has it.
const defaultRead = "/api/v1/events"

// requestsOf finds those of a document that stand for the others: the shortest of each
// kind, the first of equals; one with the prefix of an API before one without.
func requestsOf(d *document.Document) requests {
	found := requests{named: map[string]bool{}}
	shorter := func(is *string, path string) {
		ofAPI, isOfAPI := prefix.MatchString(path), prefix.MatchString(*is)
		if *is == "" || ofAPI && !isOfAPI || ofAPI == isOfAPI && len(path) < len(*is) {
			*is = path
		}
	}
	own := ownHost(d)
	var anyHealth string
	for _, s := range d.Statements {
		if elsewhere := hostOf(s.Text); elsewhere != "" && elsewhere != own {
			continue
		}
		for _, r := range requestsIn(s.Text) {
			lower := strings.ToLower(r.path)
			switch {
			case !r.plain() || aside.MatchString(r.path):
			case strings.Contains(lower, "ready") || strings.Contains(lower, "readiness"):
				shorter(&found.ready, r.path)
			case strings.Contains(lower, "live"):
				shorter(&found.live, r.path)
			case health.MatchString(r.path):
				shorter(&anyHealth, r.path)
			case r.method == "POST":
				shorter(&found.write, r.path)
			case r.method == "GET":
				shorter(&found.read, r.path)
			}
		}
	}
	if found.ready == "" {
		found.ready = anyHealth
	}
	found.named["read"] = found.read != "" || found.write != ""
	if found.read == "" {
		found.read = found.write // what can be created can be listed, as a rule
	}
	found.named["ready"] = found.ready != ""
	if found.ready == "" {
		found.ready = "/health/ready"
	}
	if found.read == "" {
		found.read = defaultRead
	}
	return found
}

var host = regexp.MustCompile(`https?://([^/\s"'` + "`" + `]+)`)

// hostOf is the host of the first URL in a text; empty: there is none.
func hostOf(text string) string {
	if m := host.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// ownHost is the host that the document asks most often: that of its service.
func ownHost(d *document.Document) string {
	count, best := map[string]int{}, ""
	for _, s := range d.Statements {
		if h := hostOf(s.Text); h != "" && s.Kind == document.Command {
			if count[h]++; count[h] > count[best] {
				best = h
			}
		}
	}
	return best
}
