package initialize

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
)

const (
	// askTimeout bounds one question to the service, bodyLimit its answer, in bytes.
	askTimeout = 3 * time.Second
	bodyLimit  = 1 << 20
	// routesShown bounds the routes of a document that go into the starter.
	routesShown = 40
)

// readiness is the health of which a service may say that it has none at the moment.
const readiness = "readiness"

// The paths at which services usually have what is looked for, the most telling first.
var (
	livePaths     = []string{"/health/live", "/livez", "/healthz", "/live", "/actuator/health/liveness", "/health", "/status", "/ping"}
	readyPaths    = []string{"/health/ready", "/readyz", "/ready", "/readiness", "/actuator/health/readiness", "/actuator/health", "/healthz", "/health", "/status"}
	documentPaths = []string{"/openapi.json", "/api/openapi.json", "/api/v1/openapi.json", "/v3/api-docs", "/swagger.json", "/swagger/v1/swagger.json", "/docs/openapi.json"}
)

// upWords are what services call being well, in lower case.
var upWords = []string{"up", "ok", "healthy", "green", "pass", "ready", "alive", "running", "available"}

// discovery is what a running service shows of itself.
type discovery struct {
	live, ready string // as YAML
	routes      []string
	notes       []string // for people
}

// discover asks a running service of this machine, by GET alone.
func discover(base string) (discovery, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return discovery{}, exit.Usage("--url %q is no address such as http://localhost:8080", base)
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return discovery{}, exit.Usage("--url %s is not of this machine: only localhost is asked", base)
	}
	ask := asker(strings.TrimSuffix(base, "/"))
	if _, _, err := ask("/"); err != nil {
		return discovery{}, exit.Usage("--url %s does not answer: %w", base, err)
	}
	var s discovery
	s.live = s.health(ask, "liveness", livePaths)
	s.ready = s.health(ask, readiness, readyPaths)
	s.document(ask)
	return s, nil
}

type ask func(path string) (status int, body []byte, err error)

func asker(base string) ask {
	client := &http.Client{
		Timeout:       askTimeout,
		Transport:     &http.Transport{DisableKeepAlives: true}, // and no proxy of the environment
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return func(path string) (int, []byte, error) {
		response, err := client.Get(base + path)
		if err != nil {
			return 0, nil, err
		}
		defer func() { _ = response.Body.Close() }() // it is only read
		body, err := io.ReadAll(io.LimitReader(response.Body, bodyLimit))
		return response.StatusCode, body, err
	}
}

// health finds the first path that answers 200, and in its answer a word of being well.
func (s *discovery) health(ask ask, what string, paths []string) string {
	plain, unavailable := "", ""
	for _, path := range paths {
		status, body, err := ask(path)
		switch {
		case err != nil:
			continue
		case status == http.StatusServiceUnavailable && what == readiness && unavailable == "":
			unavailable = path
		case status == http.StatusOK && plain == "":
			plain = path
		}
		var document any
		if status != http.StatusOK || json.Unmarshal(body, &document) != nil || what != readiness && plain != path {
			continue // what shows more than the first liveness may depend on more
		}
		if field, word := upField("", document, 3); field != "" {
			s.notes = append(s.notes, fmt.Sprintf("%s: GET %s answers 200 with %s: %s", what, path, field, word))
			return fmt.Sprintf("{path: %s, field: %s, up: [%s]}", path, field, quoted(word))
		}
	}
	switch {
	case unavailable != "": // as a readiness does while a dependency is away
		s.notes = append(s.notes, fmt.Sprintf("%s: GET %s answers 503; ask again while the service is well, to see by which word it says so", what, unavailable))
		return fmt.Sprintf("{path: %s}", unavailable)
	case plain != "":
		s.notes = append(s.notes, fmt.Sprintf("%s: GET %s answers 200", what, plain))
		return fmt.Sprintf("{path: %s}", plain)
	}
	s.notes = append(s.notes, fmt.Sprintf("%s: none of %s answers 200; fill it in", what, strings.Join(paths, ", ")))
	return ""
}

// quoted is a word that YAML reads as a text.
func quoted(word string) string {
	text, err := json.Marshal(word)
	if err != nil {
		return word
	}
	return string(text)
}

// upField finds the field, nearest to the top, whose value is a word of being well.
func upField(at string, document any, depth int) (field, word string) {
	object, is := document.(map[string]any)
	if !is || depth == 0 {
		return "", ""
	}
	names := slices.Sorted(maps.Keys(object))
	for _, name := range names {
		if text, is := object[name].(string); is && slices.Contains(upWords, strings.ToLower(text)) && !strings.ContainsAny(name, ". ") {
			return strings.TrimPrefix(at+"."+name, "."), text
		}
	}
	for _, name := range names {
		if field, word = upField(at+"."+name, object[name], depth-1); field != "" {
			return field, word
		}
	}
	return "", ""
}

// document finds an OpenAPI document and lists its routes.
func (s *discovery) document(ask ask) {
	for _, path := range documentPaths {
		status, body, err := ask(path)
		var document struct {
			Paths map[string]map[string]any `json:"paths"`
		}
		if err != nil || status != http.StatusOK || json.Unmarshal(body, &document) != nil || len(document.Paths) == 0 {
			continue
		}
		for _, route := range slices.Sorted(maps.Keys(document.Paths)) {
			for _, method := range slices.Sorted(maps.Keys(document.Paths[route])) {
				if slices.Contains([]string{"get", "post", "put", "patch", "delete"}, method) && len(s.routes) < routesShown && !strings.ContainsAny(route, "\r\n") {
					s.routes = append(s.routes, strings.ToUpper(method)+" "+route)
				}
			}
		}
		s.notes = append(s.notes, fmt.Sprintf("document: GET %s has %d routes", path, len(s.routes)))
		return
	}
	s.notes = append(s.notes, "document: no OpenAPI document was found")
}
