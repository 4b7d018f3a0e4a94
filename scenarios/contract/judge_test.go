package contract

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	eventID = "0190a1b2-0000-7000-8000-000000000001"
	ofEvent = "/api/v1/events/" + eventID
)

// anEvent is an event as an honest service answers it, and aDetail what made it.
const (
	anEvent = `{"id":"` + eventID + `","tenant_id":"t-1","venue_id":"v-1","name":"Concert","description":"",` +
		`"starts_at":"2030-06-01T18:00:00Z","ends_at":"2030-06-01T20:00:00Z","capacity":100,"price_cents":2500,"currency":"EUR",` +
		`"status":"draft","version":1,"created_at":"2029-01-01T00:00:00Z","updated_at":"2029-01-01T00:00:00Z"}`
	details = `{"venue_id":"v-1","name":"Concert","starts_at":"2030-06-01T20:00:00+02:00","ends_at":"2030-06-01T20:00:00Z",` +
		`"capacity":100,"price_cents":2500,"currency":"EUR"}`
	aProblem = `{"type":"about:blank","title":"Not Found","status":404,"detail":"no such event","instance":"` + ofEvent + `","request_id":"r-1"}`
	aRefusal = `{"type":"about:blank","title":"Bad Request","status":400,"detail":"cannot be read","instance":"/api/v1/events","request_id":"r-1",` +
		`"errors":[{"field":"name","message":"must be a string"}]}`
)

// exchanges are honest ones; each breach changes one.
func headers(pairs ...string) http.Header {
	h := http.Header{"X-Request-Id": {"r-1"}}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func honest() map[string]*exchange {
	plain := headers("Content-Type", "application/json")
	event := headers("Content-Type", "application/json", "ETag", `"1"`)
	problem := headers("Content-Type", "application/problem+json; charset=utf-8")
	list := `{"items":[` + anEvent + `],"next_cursor":null}`
	return map[string]*exchange{
		"create": {
			request: Request{Method: "POST", Path: "/api/v1/events", Body: []byte(details),
				Header: headers("Content-Type", "application/json", "X-Tenant-ID", "t-1", "X-Request-ID", "r-1")},
			answer: Answer{Status: 201, Header: headers("Content-Type", "application/json", "ETag", `"1"`, "Location", ofEvent), Body: []byte(anEvent)},
		},
		"get": {
			request: Request{Method: "GET", Path: ofEvent, Header: headers()},
			answer:  Answer{Status: 200, Header: event, Body: []byte(anEvent)},
		},
		"unchanged": {
			request: Request{Method: "GET", Path: ofEvent, Header: headers("If-None-Match", `"1"`)},
			answer:  Answer{Status: 304, Header: headers("ETag", `"1"`)},
		},
		"head": {
			request: Request{Method: "HEAD", Path: ofEvent, Header: headers()},
			answer:  Answer{Status: 200, Header: event},
		},
		"list": {
			request: Request{Method: "GET", Path: "/api/v1/events?limit=1&status=draft&venue_id=v-1", Header: headers("X-Tenant-ID", "t-1")},
			answer:  Answer{Status: 200, Header: plain, Body: []byte(list)},
		},
		"of a venue": {
			request: Request{Method: "GET", Path: "/api/v1/venues/v-1/events", Header: headers()},
			answer:  Answer{Status: 200, Header: plain, Body: []byte(list)},
		},
		"not found": {
			request: Request{Method: "GET", Path: ofEvent, Header: headers()},
			answer:  Answer{Status: 404, Header: problem, Body: []byte(aProblem)},
		},
		"refused": {
			request: Request{Method: "POST", Path: "/api/v1/events", Header: headers(), Body: []byte(`{"name":1}`)},
			answer:  Answer{Status: 400, Header: problem, Body: []byte(aRefusal)},
		},
		"unavailable": {
			request: Request{Method: "POST", Path: "/api/v1/events"}, // what was sent is not known
			answer: Answer{Status: 503, Header: headers("Content-Type", "application/problem+json", "Retry-After", "1"),
				Body: []byte(strings.NewReplacer("404", "503", ofEvent, "/api/v1/events").Replace(aProblem))},
		},
		"no path": {
			request: Request{Method: "GET", Path: "/api/v2/events", Header: headers()},
			answer:  Answer{Status: 404, Header: problem, Body: []byte(strings.ReplaceAll(aProblem, ofEvent, "/api/v2/events"))},
		},
		"no method": {
			request: Request{Method: "PATCH", Path: ofEvent, Header: headers()},
			answer: Answer{Status: 405, Header: headers("Content-Type", "application/problem+json", "Allow", "GET, HEAD, PUT"),
				Body: []byte(strings.ReplaceAll(aProblem, "404", "405"))},
		},
		"live": {
			request: Request{Method: "GET", Path: "/health/live", Header: headers()},
			answer:  Answer{Status: 200, Header: plain, Body: []byte(`{"status":"UP"}`)},
		},
		"metrics": {
			request: Request{Method: "GET", Path: "/metrics", Header: headers()},
			answer:  Answer{Status: 200, Header: headers("Content-Type", "text/plain; version=0.0.4"), Body: []byte("up 1\n")},
		},
	}
}

func TestAnHonestServiceIsFoundWithoutFault(t *testing.T) {
	for name, e := range honest() {
		for _, f := range Own().Judge(e.request, e.answer) {
			t.Errorf("%s: %s", name, f)
		}
	}
}

// body changes the answer's body by replacing one text.
func body(old, replacement string) func(*exchange) {
	return func(e *exchange) {
		e.answer.Body = []byte(strings.Replace(string(e.answer.Body), old, replacement, 1))
	}
}

func header(name, value string) func(*exchange) {
	return func(e *exchange) {
		if value == "" {
			e.answer.Header.Del(name)
			return
		}
		e.answer.Header.Set(name, value)
	}
}

func status(code int) func(*exchange) { return func(e *exchange) { e.answer.Status = code } }

func both(one, other func(*exchange)) func(*exchange) {
	return func(e *exchange) { one(e); other(e) }
}

// Each breach is one change to an honest exchange, and is found by its rule
// and by no other.
func TestEveryKindOfBreachIsFound(t *testing.T) {
	seen := map[Rule]bool{}
	for _, c := range []struct {
		in     string
		breach func(*exchange)
		rule   Rule
	}{
		{"get", status(418), RuleStatus},
		{"live", status(503), RuleStatus},
		{"no path", both(status(200), body("404", "200")), RuleNoSuchPath},
		{"no method", both(status(200), body("405", "200")), RuleNoSuchMethod},
		{"no method", header("Allow", "GET"), RuleNoSuchMethod},
		{"not found", header("Content-Type", "text/plain"), RuleContentType},
		{"get", header("Content-Type", ""), RuleContentType},
		{"get", header("ETag", ""), RuleHeader},
		{"unavailable", both(header("X-Request-ID", "a b"), body("r-1", "a b")), RuleHeader},
		{"unavailable", header("Retry-After", ""), RuleHeader},
		{"unavailable", header("Retry-After", "soon"), RuleHeader},
		{"unchanged", header("ETag", ""), RuleHeader},
		{"unchanged", func(e *exchange) { e.answer.Body = []byte(anEvent) }, RuleNoBody},
		{"head", func(e *exchange) { e.answer.Body = []byte(anEvent) }, RuleNoBody},
		{"live", func(e *exchange) { e.answer.Body = nil }, RuleMissingBody},
		{"live", body("{", "{{"), RuleJSON},
		{"live", body("}", `,"status":"UP"}`), RuleJSON},
		{"live", body("}", "} stack"), RuleJSON},
		{"live", body("UP", "\xff"), RuleJSON},
		{"live", body("UP", "DOWN"), RuleSchema},
		{"live", body(`"UP"`, `"UP","since":1`), RuleSchema},
		{"get", body(`"description":"",`, ""), RuleSchema},
		{"get", body(`"capacity":100`, `"capacity":"100"`), RuleSchema},
		{"get", body("T18:00:00Z", "T20:00:00+02:00"), RuleSchema},
		{"list", body("null", `""`), RuleSchema},
		{"not found", body("about:blank", "/errors/1"), RuleSchema},
		{"refused", body(`"errors":[{"field":"name","message":"must be a string"}]`, `"errors":[]`), RuleSchema},
		{"create", func(e *exchange) { e.request.Body = []byte(strings.Replace(details, "{", `{"colour":1,`, 1)) }, RuleAccepted},
		{"list", func(e *exchange) { e.request.Path += "&statsu=draft" }, RuleAccepted},
		{"list", func(e *exchange) { e.request.Path += "&limit=1" }, RuleAccepted},
		{"list", func(e *exchange) { e.request.Path = "/api/v1/events?limit=0x5" }, RuleAccepted},

		{"not found", body("404", "500"), "a problem's status is the answer's"},
		{"not found", body(`"r-1"`, `"r-2"`), "a problem names the request: its id and its path"},
		{"not found", body(ofEvent, "/api/v1/events"), "a problem names the request: its id and its path"},
		{"create", header("X-Request-ID", "r-2"), "an answer repeats the id of the request"},
		{"not found", body("no such event", "runtime error: index out of range"), "an answer shows nothing of the inside"},
		{"not found", body("no such event", "store.go:71"), "an answer shows nothing of the inside"},
		{"get", header("ETag", `"2"`), "the ETag is the event's version"},
		{"create", header("Location", "/api/v1/events/"+strings.Replace(eventID, "1", "2", 1)), "Location is the path of the new event"},
		{"get", body(eventID, strings.Replace(eventID, "1", "2", 1)), "an event is the one that was asked for"},
		{"create", body(`"name":"Concert"`, `"name":"Recital"`), "an event has what was sent"},
		{"list", body(`"t-1"`, `"t-2"`), "an event belongs to the tenant that asks"},
		{"get", body("2030-06-01T20:00:00Z", "2030-06-01T18:00:00Z"), "an event's times follow each other"},
		{"get", body(`"updated_at":"2029`, `"updated_at":"2028`), "an event's times follow each other"},
		{"create", body("draft", "published"), "a new event is a draft in its first version"},
		{"list", body("draft", "published"), "a list keeps to its limit and its filters"},
		{"list", body("v-1", "v-2"), "a list keeps to its limit and its filters"},
		{"of a venue", body("v-1", "v-2"), "a list keeps to its limit and its filters"},
		{"list", body("[", "["+anEvent+","), "a list keeps to its limit and its filters"},
	} {
		e := honest()[c.in]
		c.breach(e)
		found := Own().Judge(e.request, e.answer)
		for _, f := range found {
			if f.Rule != c.rule {
				t.Errorf("%s, for %q: found too: %s", c.in, c.rule, f)
			}
		}
		if len(found) == 0 {
			t.Errorf("%s: not found: %s", c.in, c.rule)
		}
		seen[c.rule] = true
	}
	for _, l := range Own().laws {
		if !seen[l.rule] {
			t.Errorf("no breach of the law %q was tried", l.rule)
		}
	}
}

// A document that leaves an answer without a schema does not thereby allow it.
func TestAnAnswerWithoutASchemaIsUncovered(t *testing.T) {
	c, err := Load([]byte(`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/health/live":{"get":{"responses":{
		"200":{"description":"fine","content":{"application/json":{}}},"500":{"description":"no content"},"304":{"description":"none needed"}}}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, status := range []int{200, 500} {
		found := c.Judge(Request{Method: "GET", Path: "/health/live"}, Answer{Status: status, Header: headers("Content-Type", "application/json"), Body: []byte("{}")})
		if len(found) != 1 || found[0].Rule != RuleUncovered {
			t.Errorf("%d: %v", status, found)
		}
	}
	if got := strings.Join(c.Uncovered(), ", "); got != "GET /health/live 200, GET /health/live 500" {
		t.Errorf("uncovered: %s", got)
	}
	if got := Own().Uncovered(); len(got) > 0 {
		t.Errorf("the own document: %v", got)
	}
}

func TestTheExamplesAreJSON(t *testing.T) {
	for _, text := range []string{anEvent, details, aProblem, aRefusal} {
		if !json.Valid([]byte(text)) {
			t.Error(text)
		}
	}
}
