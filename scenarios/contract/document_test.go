package contract

import (
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// open is every object of the own document that may hold more than it names.
var open = map[string]bool{"OpenAPI": true, "OpenAPI.info": true, "OpenAPI.paths": true}

// anyText may be whatever a caller has made up.
const anyText = "FieldProblem.errors[].field"

// Strict is a property of the document, so it is looked for: no object is
// open by accident, and no text or number is left without a rule.
func TestTheOwnDocumentIsStrict(t *testing.T) {
	objects := 0
	for name, schema := range Own().doc.Components.Schemas {
		walk(name, schema.Value, func(at string, s *openapi3.Schema) {
			if s.Type == nil {
				t.Errorf("%s has no type", at)
				return
			}
			if s.Type.Is("object") {
				objects++
				if closed := s.AdditionalProperties.Has != nil && !*s.AdditionalProperties.Has; closed == open[at] {
					t.Errorf("%s: closed is %v", at, closed)
				}
			}
			if at != anyText && s.Type.Is("string") && s.Pattern == "" && len(s.Enum) == 0 && s.MinLength == 0 && s.MaxLength == nil {
				t.Errorf("%s is any text", at)
			}
			if s.Type.Is("integer") && s.Min == nil && len(s.Enum) == 0 {
				t.Errorf("%s is any number", at)
			}
		})
	}
	if objects < 10 {
		t.Errorf("only %d objects were looked at", objects)
	}
}

func walk(at string, s *openapi3.Schema, visit func(string, *openapi3.Schema)) {
	visit(at, s)
	for name, property := range s.Properties {
		walk(at+"."+name, property.Value, visit)
	}
	if s.Items != nil {
		walk(at+"[]", s.Items.Value, visit)
	}
}

// What the issue asks of every operation is said of every operation.
func TestEveryOperationSaysWhatAllShare(t *testing.T) {
	for _, o := range Own().Operations() {
		responses := o.route.Operation.Responses
		if responses.Default() != nil {
			t.Errorf("%s: a default answer hides the undocumented ones", o)
		}
		if o.Open() {
			continue
		}
		for _, status := range []int{400, 401, 403, 429, 500, 503, 504} {
			if responses.Status(status) == nil {
				t.Errorf("%s: %d is not documented", o, status)
			}
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/api/v1/events", "list map[] []"},
		{"HEAD", "/api/v1/events?limit=1", "list map[] []"},
		{"GET", "/api/v1/events/x", "get map[id:x] []"},
		{"GET", "/api/v1/events/a%2Fb", "get map[id:a/b] []"},
		{"POST", "/api/v1/events/x/cancel", "cancel map[id:x] []"},
		{"GET", "/api/v1/events/x/cancel", " map[] [POST]"},
		{"DELETE", "/api/v1/events/x", " map[] [GET PUT]"},
		{"GET", "/api/v1/events/", " map[] []"},
		{"GET", "/api/v1/events/%zz", " map[] []"},
		{"GET", "/", " map[] []"},
	} {
		o, parameters, methods := Own().Find(c.method, c.path)
		id := ""
		if o != nil {
			id = o.ID
		}
		if got := fmt.Sprint(id, " ", parameters, " ", methods); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, got, c.want)
		}
	}
}

func TestCurlMakesTheRequestAgain(t *testing.T) {
	r := Request{
		Method: "POST", Path: "/api/v1/events?x='1'", Body: []byte("{\"name\":\"a'b\\n\xff\"}"),
		Header: headers("Authorization", "Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", "Content-Type", "application/json"),
	}
	const want = `curl -i -X POST "$URL"$'/api/v1/events?x=\'1\'' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json'` +
		` -H 'X-Request-Id: r-1' --data-binary $'{"name":"a\'b\\n\xff"}'`
	if got := r.Curl(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	long := Request{Method: "HEAD", Path: "/", Body: make([]byte, bodyShown+1)}
	if got := long.Curl(); len(got) > 5*bodyShown || got[:15] != "curl -i --head " {
		t.Errorf("%d characters: %.20s", len(got), got)
	}
}
