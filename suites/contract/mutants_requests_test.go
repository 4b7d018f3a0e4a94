package contract

import (
	"net/http"

	"github.com/google/uuid"
)

var (
	_ = mutatedBy("a read shows another name", to("GET", one, 200).sets("name", "changed"), "an event is read as it was answered before",
		"valid: an event that was accepted is read back as it was answered", "sequences: any sequence of calls leaves the events that it must")
	_ = mutatedBy("an update counts no version", to("PUT", one, 200).renumbered(-1), "an update is one version more",
		"valid: an update replaces every detail and counts one version more")
	_ = mutatedBy("an update publishes", to("PUT", one, 200).sets("status", "published"), "an update leaves status and creation alone",
		"valid: an update replaces every detail and counts one version more")
	_ = mutatedBy("good creates are refused", to("POST", list, 201).answers(400), "a 400, expected 201",
		"valid: the same JSON may be written in any way", "idempotency: a refused create leaves its key free")
	_ = mutatedBy("a list lacks its last event", to("GET", list+"|"+hall, 200).items(fewer), "a list has every event that its filters let through",
		"valid: every documented query of a list is answered")
)

var (
	_ = mutatedBy("a missing description is made up", to("POST", list, 201).sets("description", "changed"), "an event has what was sent",
		"valid: an event without a description has an empty one")
	_ = mutatedBy("a venue's list is empty", to("GET", hall, 200).sets("items", []any{}), "to have length 1",
		"valid: an event may be at any of the tenant's venues")
	_ = mutatedBy("the empty object is answered with one field", to("POST", list, 422).edits(firstError), "to consist of",
		"invalid: an empty object is answered with every field that it lacks", "invalid: everything that is wrong with the values is said at once")
	_ = mutatedBy("an unknown venue is called another field", to("POST", list, 422).replaces(`"field":"venue_id"`, `"field":"name"`), "to consist of",
		"invalid: a venue that the tenant does not have is refused")
	_ = mutatedBy("what cannot be read is the service's failure", to("POST", list, 400).answers(500), "a 500, expected",
		"invalid: no body whatever is a failure of the service")
	_ = mutatedBy("an unknown id is a 400", to("", one+"(/publish|/cancel)?", 404).answers(400), "a 404 is for ids, a 400 for what is none",
		"invalid: an id that is none is a 400, an unknown one a 404")
	_ = mutatedBy("a bad parameter is not named", to("GET", list+"|"+hall, 400).replaces(`"field":"[^"]*"`, `"field":"query"`), "names the parameter",
		"invalid: a query that is not documented is refused, and the parameter named")
	_ = mutatedBy("a bad parameter is ignored", badQuery, "a request that the document rules out is refused",
		"invalid: a query that is not documented is refused, and the parameter named")
)

// firstError leaves one of the fields that a refusal names.
func firstError(body map[string]any) {
	if list, ok := body["errors"].([]any); ok {
		body["errors"] = list[:1]
	}
}

// badQuery answers a query that was refused with an empty page.
func badQuery(r *http.Response) error {
	if !to("GET", list+"|"+hall, 400)(r) {
		return nil
	}
	r.StatusCode = 200
	r.Header.Set("Content-Type", "application/json")
	return write(r, map[string]any{"items": []any{}, "next_cursor": nil})
}

var (
	_ = mutatedBy("another type is a 400", to("", "", 415).answers(400), "a 400, expected 415",
		"requests: a body of another type is refused")
	_ = mutatedBy("a large body is a 400", to("", "", 413).answers(400), "a 400, expected 413",
		"requests: a body larger than any event is refused")
	_ = mutatedBy("what is no precondition fails it", to("", one+".*", 400).answers(412), "a 412, expected 400",
		"requests: a precondition that is none is refused")
	_ = mutatedBy("a bad key is not named", to("POST", list, 400).replaces("Idempotency-Key\"", "body\""), "to consist of",
		"requests: an idempotency key that is none is refused")
	_ = mutatedBy("cookies are looked at", to("GET", one, 200).and(func(r *http.Response) bool { return r.Request.Header.Get("Cookie") != "" }).sets("name", "changed"),
		"a header that means nothing changes nothing", "requests: no other header changes the answer")
	_ = mutatedBy("a page is not found in plain text", to("", "", 404).header("Content-Type", "text/plain; charset=utf-8"), "the content type is the documented one",
		"requests: what is no operation is a 404 or a 405 like any other error", "sequences: an event that never was is not found, whatever is asked of it",
		"tenancy: another tenant's event is as if it had never been")
	_ = mutatedBy("a 405 does not say what is allowed", to("", "", 405).header("Allow", ""), "headers are as documented",
		"requests: what is no operation is a 404 or a 405 like any other error")
	_ = mutatedBy("a slow body is a 400", to("", "", 408).answers(400), "a 400, expected 408", "requests: a body that does not come is given up")
	_ = mutatedBy("a limit does not say for how long", to("", "", 429).header("Retry-After", ""), "headers are as documented",
		"requests: a tenant that asks too often is told when to come back")
	_ = mutatedBy("a limit says that the service is down", to("", "", 429).answers(503), "was never refused",
		"requests: a tenant that asks too often is told when to come back")
)

var (
	_ = mutatedBy("a stale update is a conflict", to("PUT", one, 412).answers(409), "a 409, expected",
		"sequences: create, get, list, update with a stale ETag, cancel, again", "sequences: of two updates of one version exactly one is made",
		"sequences: any sequence of calls leaves the events that it must")
	_ = mutatedByNew("a list shows what was before", firstForEver, "a list shows the update",
		"sequences: create, get, list, update with a stale ETag, cancel, again")
	_ = mutatedByNew("a list shows what was before", firstForEver, "a list shows each event as it is, once",
		"sequences: any sequence of calls leaves the events that it must")
	_ = mutatedBy("publishing does not publish", to("POST", one+"/publish", 200).sets("status", "draft"), "to equal",
		"sequences: publish once, twice, and with a stale ETag")
	_ = mutatedBy("a missing precondition is a 400", to("PUT", one, 428).answers(400), "a 400, expected 428",
		"sequences: an update needs a precondition")
	_ = mutatedBy("who has the version is sent it unknownVersion", unknownVersion, "a 200, expected 304",
		"sequences: who has the version already is told so")
	_ = mutatedBy("what never was is forbidden", to("", one+".*", 404).answers(403), "a 403, expected 404",
		"sequences: an event that never was is not found, whatever is asked of it")
)

// firstForEver answers each list as it was answered first: a cache that nobody
// tells.
func firstForEver() change {
	first := map[string]map[string]any{}
	return func(r *http.Response) error {
		at := r.Request.URL.String() + r.Request.Header.Get("X-Tenant-ID")
		return to("GET", list+"|"+hall, 200).edits(func(body map[string]any) {
			if first[at] == nil {
				first[at] = map[string]any{"items": body["items"], "next_cursor": body["next_cursor"]}
			}
			body["items"], body["next_cursor"] = first[at]["items"], first[at]["next_cursor"]
		})(r)
	}
}

// unknownVersion answers a 304 as if the version were unknown, with some event.
func unknownVersion(r *http.Response) error {
	if !to("GET", one, 304)(r) {
		return nil
	}
	return some(r)
}

// some makes the answer to a GET one with some event of the caller's.
func some(r *http.Response) error {
	r.StatusCode = 200
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("ETag", `"1"`)
	id := r.Request.URL.Path[len(events)+1:]
	return write(r, map[string]any{
		"id": id, "tenant_id": r.Request.Header.Get("X-Tenant-ID"), "venue_id": "v", "name": "changed", "description": "",
		"starts_at": "2030-06-01T18:00:00Z", "ends_at": "2030-06-01T20:00:00Z", "capacity": 1, "price_cents": 0, "currency": "EUR",
		"status": "draft", "version": 1, "created_at": "2029-01-01T00:00:00Z", "updated_at": "2029-01-01T00:00:00Z",
	})
}

// another gives an answer's event an id of its own.
func another() string { return uuid.NewString() }
