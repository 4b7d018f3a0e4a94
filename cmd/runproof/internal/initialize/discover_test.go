package initialize

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// A service whose dependencies are away at the moment has a readiness all the same. By hand:
// take the case of 503 away.
func TestHealthIsFoundByWhatAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		answers     map[string]string
		live, ready string
	}{
		"words":            {map[string]string{"/livez": "200 {}", "/readyz": `200 {"status":"ok"}`}, "{path: /livez}", `{path: /readyz, field: status, up: ["ok"]}`},
		"away at present":  {map[string]string{"/healthz": "200 {}", "/health": `503 {"status":"down"}`}, "{path: /healthz}", "{path: /health}"},
		"the status alone": {map[string]string{"/ping": "200 pong", "/status": "200 fine"}, "{path: /status}", "{path: /status}"},
		"a word on another path than the first": {map[string]string{"/healthz": "200 {}", "/health": `200 {"state":"green"}`},
			"{path: /healthz}", `{path: /health, field: state, up: ["green"]}`},
		"nothing": {map[string]string{"/x": "200 {}"}, "", ""},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer, known := c.answers[r.URL.Path]
			switch {
			case !known:
				w.WriteHeader(http.StatusNotFound)
			case answer[:3] == "503":
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			if known {
				_, _ = w.Write([]byte(answer[4:]))
			}
		}))
		found, err := discover(server.URL)
		server.Close()
		if err != nil || found.live != c.live || found.ready != c.ready {
			t.Errorf("%s: %q and %q, %v; want %q and %q", name, found.live, found.ready, err, c.live, c.ready)
		}
	}
}
