package contract

import (
	"net/http"
	"strings"
)

var (
	_ = mutatedBy("small letters in the scheme are refused", to("", "", 200).and(func(r *http.Response) bool {
		return strings.HasPrefix(r.Request.Header.Get("Authorization"), "bearer ")
	}).answers(401), "a 401, expected 200", "authentication: the name of the scheme may be written in any way")
	_ = mutatedBy("a probe needs a token", to("GET", "/health/.*", 200).and(func(r *http.Response) bool {
		return r.Request.Header.Get("Authorization") == "" && r.Request.Header.Get("X-Tenant-ID") == "" && mutable(r)
	}).answers(401), "every status is documented", "authentication: probes, metrics and the document need no token")
	_ = mutatedBy("what is forbidden is unknown", to("", "", 403).answers(401), "a 401, expected 403",
		"authorisation: a token without a role may do nothing", "authorisation: a role that may not write may read", "tenancy: the tenant's header must agree with the token")
	_ = mutatedBy("nobody may update", to("PUT", one, 200).answers(403), "a 403, expected 200",
		"authorisation: a role that may write may do everything")
	_ = mutatedBy("nobody says what is missing", to("", "", 400).sets("detail", "bad request"), "tenant_id is required",
		"tenancy: a request without a tenant is told that one is required")
	_ = mutatedBy("another tenant's list is shown", to("GET", list+"|"+hall, 200).replaces(`"tenant_id":"[^"]*"`, `"tenant_id":"other"`),
		"an event belongs to the tenant that asks", "paging: another tenant's cursor shows nothing of that tenant", "tenancy: another tenant's event is as if it had never been")
	_ = mutatedByNew("a foreign event is told from none", everyOther, "nothing tells it from one that is not there",
		"tenancy: another tenant's event is as if it had never been")
	_ = mutatedByNew("a foreign event is shown after a while", laterShown, "a 200, expected 404",
		"tenancy: what its owner reads all the time is never shown to another tenant")
)

// mutable leaves the first look at readiness, which waits for the service,
// as it is: only a client that was asked to bear no token says so.
func mutable(r *http.Response) bool { return r.Request.URL.Path == "/health/live" }

// laterShown shows an event that is not the tenant's from the third time on.
func laterShown() change {
	n := 0
	return func(r *http.Response) error {
		if !to("GET", one, 404)(r) {
			return nil
		}
		if n++; n < 3 {
			return nil
		}
		return some(r)
	}
}

// everyOther says of every other event that is not found why.
func everyOther() change {
	n := 0
	return func(r *http.Response) error {
		if !to("", one+".*", 404)(r) {
			return nil
		}
		if n++; n%2 == 0 {
			return nil
		}
		return to("", "", 0).sets("detail", "the event belongs to another tenant")(r)
	}
}

var (
	_ = mutatedBy("a replay does not say so", to("POST", list, 201).header("Idempotency-Replayed", ""), "to equal",
		"idempotency: a create that is repeated with its key is done once")
	_ = mutatedByNew("every replay is another event", func() change {
		return func(r *http.Response) error {
			id := another()
			return both(to("POST", list, 201).sets("id", id), to("POST", list, 201).header("Location", events+"/"+id))(r)
		}
	}, "to equal", "idempotency: a create that is repeated with its key is done once", "idempotency: of creates at the same time with one key one is made")
	_ = mutatedBy("a key that is used is a conflict", to("POST", list, 422).answers(409), "every status is documented",
		"idempotency: a key that comes with another request is refused")
	_ = mutatedByNew("a key belongs to everybody", func() change {
		first := ""
		return to("POST", list, 201).edits(func(body map[string]any) {
			if id, _ := body["id"].(string); first == "" {
				first = id
			}
			body["id"] = first
		})
	}, "Location is the path of the new event", "idempotency: a key belongs to its tenant")
	_ = mutatedBy("a create is lost", to("GET", list, 200).items(fewer), "to have length 4", "idempotency: without a key, and with another one, it is another event")
)

var (
	_ = mutatedBy("a page lacks its last event", to("GET", list+"|"+hall, 200).items(fewer), "to consist of",
		"paging: the pages together have every event once, at any length", "paging: the filters hold on every page")
	_ = mutatedBy("a page is shorter than it could be", to("GET", list, 200).items(fewer), "to have length 20",
		"paging: a page has twenty events unless it is asked for more")
	_ = mutatedBy("an event slips between two pages", to("GET", list, 200).and(page).items(fewer), "to equal",
		"paging: what was there is on the pages once, though more is written meanwhile")
	_ = mutatedBy("the cursors lead back", to("GET", list+"|"+hall, 200).and(page).edits(func(body map[string]any) { body["next_cursor"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
		"the cursors never end", "paging: the pages together have every event once, at any length")
	_ = mutatedBy("the pages on the way are empty", to("GET", list+"|"+hall, 200).and(page).sets("items", []any{}),
		"a page that is not the last has something on it", "paging: the pages together have every event once, at any length")
	_ = mutatedBy("the last page has a cursor", to("GET", list, 200).sets("next_cursor", "AAAAAAAAAAAAAAAAAAAAAA"), "to be nil",
		"paging: the pages of a tenant without events are one, and empty")
)

var (
	_ = mutatedBy("an operation is not in the document", to("GET", "/openapi.json", 200).replaces(`"/api/v1/venues/\{id\}/events"`, `"/api/v1/venues/{id}/concerts"`),
		"not in the served document: GET /api/v1/venues/{id}/events exists", "document: the served document says what the contract says")
	_ = mutatedBy("an answer has no schema", to("GET", "/openapi.json", 200).replaces(`\{"\$ref":\s*"#/components/schemas/Live"\}|\{\s*"\$ref":\s*"#/components/schemas/Live"\s*\}`, `{}`),
		"GET /health/live 200", "document: every answer of the served document has a schema")
	_ = mutatedBy("the document does not know a field", to("GET", "/openapi.json", 200).replaces(`"description": \{\s*"type": "string",\s*"minLength": 0,\s*"maxLength": 5000\s*\},`, ``),
		"the body fits its schema", "document: the service keeps the document that it serves")
	_ = mutatedBy("alive is said in another word", to("GET", "/health/live", 200).sets("status", "OK"), "the body fits its schema",
		"health: liveness and readiness say what the runbook prints")
	_ = mutatedBy("readiness is of another version", to("GET", "/health/ready", 200).sets("version", "2.0.0"), "1.0.0",
		"health: liveness and readiness say what the runbook prints")
	_ = mutatedBy("a HEAD is refused", to("HEAD", events, 200).answers(405), "every status is documented", "health: a HEAD is a GET without its body")
	_ = mutatedBy("requests are not counted", to("GET", "/metrics", 200).replaces(`requests_total`, `answers_total`), "to match regular expression", "health: the metrics count the requests")
)

// What is true of every broken body, and of every token that is not believed,
// is changed for all of them in the same way. The promises are made in other
// files, so their names are looked up when the specs are.
func init() {
	bodies := areaOf("invalid", "a body is refused when ")
	mutatedBy("bad input is the service's failure", both(to("", list+"|"+one, 400).answers(500), to("", list+"|"+one, 422).answers(500)), "a 500, expected", bodies...)
	mutatedBy("a refused body makes an event", to("GET", list, 200).items(func(items []any) []any { return append(items, items...) }),
		"a refused create makes nothing", bodies[0])
	mutatedBy("a refused body changes an event", to("GET", one, 200).sets("name", "changed"), "a refused update changes nothing", bodies[0])
	mutatedBy("a refusal names another field", both(to("", list+"|"+one, 400).replaces(`"field":"[^"]*"`, `"field":"body"`), to("", list+"|"+one, 422).replaces(`"field":"[^"]*"`, `"field":"body"`)),
		"a refusal names the field that is wrong", bodies[0], bodies[1], bodies[4])
	tokens := areaOf("authentication", " is refused by every operation")
	mutatedBy("who is unknown is forbidden", to("", "", 401).answers(403), "a 403, expected 401", tokens...)
	mutatedBy("nobody is asked for a token", to("", "", 401).header("WWW-Authenticate", ""), "headers are as documented", tokens[0])
}
