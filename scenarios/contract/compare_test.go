package contract

import (
	"bytes"
	"strings"
	"testing"
)

// served is the own document with texts replaced, as a service would serve it.
func served(t *testing.T, pairs ...string) *Contract {
	t.Helper()
	data := own
	for i := 0; i < len(pairs); i += 2 {
		changed := bytes.Replace(data, []byte(pairs[i]), []byte(pairs[i+1]), 1)
		if bytes.Equal(changed, data) {
			t.Fatalf("%q is not in the document", pairs[i])
		}
		data = changed
	}
	c, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheOwnDocumentIsEqualToItself(t *testing.T) {
	if got := Compare(served(t)); len(got) > 0 {
		t.Error(strings.Join(got, "\n"))
	}
	if n := len(factsOf(Own())); n < 1000 {
		t.Errorf("only %d facts: an empty look proves nothing", n)
	}
}

func TestTheVersionsOfOpenAPISayTheSame(t *testing.T) {
	c := served(t, "openapi: 3.0.3", "openapi: 3.1.0",
		"next_cursor: {type: string, nullable: true, minLength: 1}", "next_cursor: {type: [string, 'null'], minLength: 1}",
		"Service: {type: string, enum: [event-service]}", "Service: {type: string, const: event-service}")
	if got := Compare(c); len(got) > 0 {
		t.Error(strings.Join(got, "\n"))
	}
}

// The differences are written as the reader of a failed run sees them.
func TestEveryKindOfDifferenceIsFound(t *testing.T) {
	for _, c := range []struct{ old, replacement, difference string }{
		{"  /health/live:\n    get:", "  /health/live:\n    head:", "not in the served document: GET /health/live exists"},
		{"        '415': {$ref: '#/components/responses/NotJSON'}\n", "", "not in the served document: POST /api/v1/events: 415 exists"},
		{"'412': {$ref", "'417': {$ref", "only in the served document: PUT /api/v1/events/{id}: 417 exists"},
		{"operationId: live\n      security: []", "operationId: live", "not in the served document: GET /health/live needs no token"},
		{"- {name: venue_id, in: query", "- {name: venue, in: query", "not in the served document: GET /api/v1/events: query parameter venue_id exists"},
		{"- {name: If-Match, in: header, required: true", "- {name: If-Match, in: header", "not in the served document: PUT /api/v1/events/{id}: header parameter If-Match is required"},
		{"requestBody:\n        required: true", "requestBody:\n        required: false", "not in the served document: POST /api/v1/events: the body is required"},
		{"application/problem+json: {schema: {$ref: '#/components/schemas/FieldProblem", "application/json: {schema: {$ref: '#/components/schemas/FieldProblem",
			"not in the served document: GET /api/v1/events: 400: content application/problem+json"},
		{"        ETag: {$ref: '#/components/headers/ETag'}\n      content", "      content", "not in the served document: GET /api/v1/events/{id}: 200: header ETag"},
		{"maximum: 1000000}", "maximum: 1000}", "not in the served document: POST /api/v1/events: request: body.capacity: at most 1e+06"},
		{"enum: [draft, published, cancelled]", "enum: [draft, published]", "not in the served document: GET /api/v1/events: query parameter status: may be cancelled"},
		{"next_cursor: {type: string, nullable: true, minLength: 1}", "next_cursor: {type: string}", "not in the served document: GET /api/v1/events: 200: body.next_cursor: is null or string"},
		{"Page:\n      type: object\n      additionalProperties: false", "Page:\n      type: object", "not in the served document: GET /api/v1/events: 200: body: has no other fields"},
		{"required: [items, next_cursor]", "required: [items]", "not in the served document: GET /api/v1/events: 200: body.next_cursor: is required"},
		{"database: {type: string", "postgres: {type: string", "only in the served document: GET /health/ready: 200: body.checks.postgres: exists"},
		{"minItems: 1", "minItems: 2", "not in the served document: GET /api/v1/events: 400: body.errors: at least 1 items"},
		{"maxItems: 100", "maxItems: 200", "not in the served document: GET /api/v1/events: 200: body.items: at most 100 items"},
		{"description: {type: string, maxLength: 5000}", "description: {type: string}", "not in the served document: POST /api/v1/events: request: body.description: at most 5000 characters"},
	} {
		got := Compare(served(t, c.old, c.replacement))
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+c.difference+"\n") {
			t.Errorf("%q for %q: %d differences, %q is not among them: %.600s", c.replacement, c.old, len(got), c.difference, strings.Join(got, "\n"))
		}
	}
}

func TestADocumentThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "[]", `{"openapi":"3.1.0"}`, `{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"x":{}}}`} {
		if _, err := Load([]byte(text)); err == nil {
			t.Errorf("accepted: %s", text)
		}
	}
}
