package httpapi

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/uuid"
)

// Every operation of the document is served, and every path that is served
// says so of its methods: a path or method that only one of the two knows
// answers 404 or 405.
func TestTheDocumentIsServed(t *testing.T) {
	w := newWorld(t)
	rec := w.request("GET", "/openapi.json", "", "")
	doc, err := openapi3.NewLoader().LoadFromData(rec.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || rec.Code != 200 {
		t.Errorf("%d, OpenAPI %s", rec.Code, doc.OpenAPI)
	}
	for path, item := range doc.Paths.Map() {
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			if strings.HasPrefix(path, "/health/") || path == "/metrics" || path == "/openapi.json" {
				continue
			}
			r := httptest.NewRequest(method, strings.ReplaceAll(path, "{id}", uuid.NewString()), nil)
			rec := httptest.NewRecorder()
			w.handler.ServeHTTP(rec, r)
			documented := item.GetOperation(method) != nil
			// Without a token every known operation is a 401.
			if want := map[bool]int{true: 401, false: 405}[documented]; rec.Code != want {
				t.Errorf("%s %s: %d, want %d", method, path, rec.Code, want)
			}
			if operation := item.GetOperation(method); documented && operation.Responses.Status(rec.Code) == nil {
				t.Errorf("%s %s: %d is not documented", method, path, rec.Code)
			}
		}
	}
}
