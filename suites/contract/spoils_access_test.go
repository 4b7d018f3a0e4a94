package contract_test

import (
	"net/http"
	"strings"
)

var (
	_ = spoiledBy("small letters in the scheme are refused", to("", "", 200).and(func(r *http.Response) bool {
		return strings.HasPrefix(r.Request.Header.Get("Authorization"), "bearer ")
	}).answers(401), "a 401, expected 200", "authentication: the name of the scheme may be written in any way")
	_ = spoiledBy("a probe needs a token", to("GET", "/health/.*", 200).and(func(r *http.Response) bool {
		return r.Request.Header.Get("Authorization") == "" && r.Request.Header.Get("X-Tenant-ID") == "" && spoilable(r)
	}).answers(401), "every status is documented", "authentication: probes, metrics and the document need no token")
	_ = spoiledBy("what is forbidden is unknown", to("", "", 403).answers(401), "a 401, expected 403",
		"authorisation: a token without a role may do nothing", "authorisation: a role that may not write may read", "tenancy: the tenant's header must agree with the token")
	_ = spoiledBy("nobody may update", to("PUT", one, 200).answers(403), "a 403, expected 200",
		"authorisation: a role that may write may do everything")
	_ = spoiledBy("nobody says what is missing", to("", "", 400).sets("detail", "bad request"), "tenant_id is required",
		"tenancy: a request without a tenant is told that one is required")
	_ = spoiledBy("another tenant's list is shown", to("GET", list+"|"+hall, 200).replaces(`"tenant_id":"[^"]*"`, `"tenant_id":"other"`),
		"an event belongs to the tenant that asks", "paging: another tenant's cursor shows nothing of that tenant", "tenancy: another tenant's event is as if it had never been")
	_ = spoiledByNew("a foreign event is told from none", everyOther, "nothing tells it from one that is not there",
		"tenancy: another tenant's event is as if it had never been")
	_ = spoiledByNew("a foreign event is shown after a while", laterShown, "a 200, expected 404",
		"tenancy: what its owner reads all the time is never shown to another tenant")
)

// spoilable leaves the first look at readiness, which waits for the service,
// as it is: only a client that was asked to bear no token says so.
func spoilable(r *http.Response) bool { return r.Request.URL.Path == "/health/live" }

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
	_ = spoiledBy("a replay does not say so", to("POST", list, 201).header("Idempotency-Replayed", ""), "to equal",
		"idempotency: a create that is repeated with its key is done once")
	_ = spoiledByNew("every replay is another event", func() change {
		return func(r *http.Response) error {
			id := another()
			return both(to("POST", list, 201).sets("id", id), to("POST", list, 201).header("Location", events+"/"+id))(r)
		}
	}, "to equal", "idempotency: a create that is repeated with its key is done once", "idempotency: of creates at the same time with one key one is made")
	_ = spoiledBy("a key that is used is a conflict", to("POST", list, 422).answers(409), "every status is documented",
		"idempotency: a key that comes with another request is refused")
	_ = spoiledByNew("a key belongs to everybody", func() change {
		first := ""
		return to("POST", list, 201).edits(func(body map[string]any) {
			if id, _ := body["id"].(string); first == "" {
				first = id
			}
			body["id"] = first
		})
	}, "Location is the path of the new event", "idempotency: a key belongs to its tenant")
	_ = spoiledBy("a create is lost", to("GET", list, 200).items(fewer), "to have length 4", "idempotency: without a key, and with another one, it is another event")
)

var (
	_ = spoiledBy("a page lacks its last event", to("GET", list+"|"+hall, 200).items(fewer), "to consist of",
		"paging: the pages together have every event once, at any length", "paging: the filters hold on every page")
	_ = spoiledBy("a page is shorter than it could be", to("GET", list, 200).items(fewer), "to have length 20",
		"paging: a page has twenty events unless it is asked for more")
	_ = spoiledBy("an event slips between two pages", to("GET", list, 200).and(page).items(fewer), "to equal",
		"paging: what was there is on the pages once, though more is written meanwhile")
	_ = spoiledBy("the cursors lead back", to("GET", list+"|"+hall, 200).and(page).edits(func(body map[string]any) { body["next_cursor"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
		"the cursors never end", "paging: the pages together have every event once, at any length")
	_ = spoiledBy("the pages on the way are empty", to("GET", list+"|"+hall, 200).and(page).sets("items", []any{}),
		"a page that is not the last has something on it", "paging: the pages together have every event once, at any length")
	_ = spoiledBy("the last page has a cursor", to("GET", list, 200).sets("next_cursor", "AAAAAAAAAAAAAAAAAAAAAA"), "to be nil",
		"paging: the pages of a tenant without events are one, and empty")
)

var (
	_ = spoiledBy("an operation is not in the document", to("GET", "/openapi.json", 200).replaces(`"/api/v1/venues/\{id\}/events"`, `"/api/v1/venues/{id}/concerts"`),
		"not in the served document: GET /api/v1/venues/{id}/events exists", "document: the served document says what the contract says")
	_ = spoiledBy("an answer has no schema", to("GET", "/openapi.json", 200).replaces(`\{"\$ref":\s*"#/components/schemas/Live"\}|\{\s*"\$ref":\s*"#/components/schemas/Live"\s*\}`, `{}`),
		"GET /health/live 200", "document: every answer of the served document has a schema")
	_ = spoiledBy("the document does not know a field", to("GET", "/openapi.json", 200).replaces(`"description": \{\s*"type": "string",\s*"minLength": 0,\s*"maxLength": 5000\s*\},`, ``),
		"the body fits its schema", "document: the service keeps the document that it serves")
	_ = spoiledBy("alive is said in another word", to("GET", "/health/live", 200).sets("status", "OK"), "the body fits its schema",
		"health: liveness and readiness say what the runbook prints")
	_ = spoiledBy("readiness is of another version", to("GET", "/health/ready", 200).sets("version", "2.0.0"), "1.0.0",
		"health: liveness and readiness say what the runbook prints")
	_ = spoiledBy("a HEAD is refused", to("HEAD", events, 200).answers(405), "every status is documented", "health: a HEAD is a GET without its body")
	_ = spoiledBy("requests are not counted", to("GET", "/metrics", 200).replaces(`requests_total`, `answers_total`), "to match regular expression", "health: the metrics count the requests")
)

// What is true of every broken body, and of every token that is not believed,
// is spoiled for all of them in the same way. The promises are made in other
// files, so their names are looked up when the specs are.
func init() {
	bodies := areaOf("invalid", "a body is refused when ")
	spoiledBy("bad input is the service's failure", both(to("", list+"|"+one, 400).answers(500), to("", list+"|"+one, 422).answers(500)), "a 500, expected", bodies...)
	spoiledBy("a refused body makes an event", to("GET", list, 200).items(func(items []any) []any { return append(items, items...) }),
		"a refused create makes nothing", bodies[0])
	spoiledBy("a refused body changes an event", to("GET", one, 200).sets("name", "spoiled"), "a refused update changes nothing", bodies[0])
	spoiledBy("a refusal names another field", both(to("", list+"|"+one, 400).replaces(`"field":"[^"]*"`, `"field":"body"`), to("", list+"|"+one, 422).replaces(`"field":"[^"]*"`, `"field":"body"`)),
		"a refusal names the field that is wrong", bodies[0], bodies[1], bodies[4])
	tokens := areaOf("authentication", " is refused by every operation")
	spoiledBy("who is unknown is forbidden", to("", "", 401).answers(403), "a 403, expected 401", tokens...)
	spoiledBy("nobody is asked for a token", to("", "", 401).header("WWW-Authenticate", ""), "headers are as documented", tokens[0])
}
