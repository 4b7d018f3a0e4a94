package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// law is a promise that no schema can state. It says what breaks it; nothing
// where it is kept or does not apply.
type law struct {
	rule  Rule
	check func(*exchange) []string
}

// laws are those of the own contract.
var laws = []law{
	{"a problem's status is the answer's", problemStatus},
	{"a problem names the request: its id and its path", problemNames},
	{"an answer repeats the id of the request", requestID},
	{"an answer shows nothing of the inside", noInside},
	{"the ETag is the event's version", etag},
	{"Location is the path of the new event", location},
	{"an event is the one that was asked for", asked},
	{"an event has what was sent", echo},
	{"an event belongs to the tenant that asks", tenant},
	{"an event's times follow each other", times},
	{"a new event is a draft in its first version", draft},
	{"a list keeps to its limit and its filters", filtered},
}

// exchange is what the laws look at.
type exchange struct {
	request    Request
	answer     Answer
	operation  *Operation // nil for a stray request
	parameters map[string]string
	// decoded are the answer's events once a law has asked for them.
	decoded []Event
	known   bool
}

// Event is an event as answers have it.
type Event struct {
	ID          string    `json:"id"`
	TenantID    string    `json:"tenant_id"`
	VenueID     string    `json:"venue_id"`
	Name        string    `json:"name"`
	Description string    `json:"description"`
	StartsAt    time.Time `json:"starts_at"`
	EndsAt      time.Time `json:"ends_at"`
	Capacity    int64     `json:"capacity"`
	PriceCents  int64     `json:"price_cents"`
	Currency    string    `json:"currency"`
	Status      string    `json:"status"`
	Version     int64     `json:"version"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// Page is one page of a list.
type Page struct {
	Items      []Event `json:"items"`
	NextCursor *string `json:"next_cursor"`
}

// Problem is an error answer (RFC 9457) with the fields that it names.
type Problem struct {
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Instance  string `json:"instance"`
	RequestID string `json:"request_id"`
	Errors    []struct {
		Field   string `json:"field"`
		Message string `json:"message"`
	} `json:"errors"`
}

// Fields are those that the problem names.
func (p Problem) Fields() []string {
	var list []string
	for _, e := range p.Errors {
		list = append(list, e.Field)
	}
	return list
}

// events are those in the answer; a body that is none is for the schema to find.
func (e *exchange) events() []Event {
	if !e.known {
		e.decoded, e.known = e.decode(), true
	}
	return e.decoded
}

func (e *exchange) decode() []Event {
	if e.operation == nil || e.answer.Status >= 300 {
		return nil
	}
	switch e.operation.ID {
	case "list", "listOfVenue":
		var p Page
		_ = json.Unmarshal(e.answer.Body, &p)
		return p.Items
	case "create", "get", "update", "publish", "cancel":
		var one Event
		if json.Unmarshal(e.answer.Body, &one) == nil && one.ID != "" {
			return []Event{one}
		}
	}
	return nil
}

// one is the event of an answer that holds exactly one.
func (e *exchange) one() (Event, bool) {
	if list := e.events(); len(list) == 1 && !strings.HasPrefix(e.operation.ID, "list") {
		return list[0], true
	}
	return Event{}, false
}

// problem is the answer's problem document, where it is one.
func (e *exchange) problem() (Problem, bool) {
	var p Problem
	ok := strings.HasPrefix(e.answer.Header.Get("Content-Type"), "application/problem+json") && json.Unmarshal(e.answer.Body, &p) == nil
	return p, ok
}

func problemStatus(e *exchange) []string {
	if p, ok := e.problem(); ok && p.Status != e.answer.Status {
		return []string{fmt.Sprintf("it says %d", p.Status)}
	}
	return nil
}

func problemNames(e *exchange) (broken []string) {
	p, ok := e.problem()
	if !ok {
		return nil
	}
	if id := e.answer.Header.Get("X-Request-ID"); p.RequestID != id {
		broken = append(broken, fmt.Sprintf("request_id is %q, X-Request-ID %q", p.RequestID, id))
	}
	raw, _, _ := strings.Cut(e.request.Path, "?")
	decoded, err := url.PathUnescape(raw)
	if p.Instance != raw && (err != nil || p.Instance != decoded) {
		broken = append(broken, fmt.Sprintf("instance is %q", p.Instance))
	}
	return broken
}

// sentID is a request id that a service can take over as it is.
const sentID = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

func requestID(e *exchange) []string {
	sent := e.request.Header.Get("X-Request-ID")
	if sent == "" || len(sent) > 64 || strings.Trim(sent, sentID) != "" {
		return nil
	}
	if got := e.answer.Header.Get("X-Request-ID"); got != sent {
		return []string{fmt.Sprintf("%q was sent, %q came back", sent, got)}
	}
	return nil
}

func etag(e *exchange) []string {
	one, ok := e.one()
	got, want := e.answer.Header.Get("ETag"), `"`+strconv.FormatInt(one.Version, 10)+`"`
	if ok && got != "" && got != want { // one that is missing is a finding already
		return []string{fmt.Sprintf("ETag is %s, the version %d", got, one.Version)}
	}
	return nil
}

func location(e *exchange) []string {
	one, ok := e.one()
	if !ok || e.answer.Status != http.StatusCreated {
		return nil
	}
	if got, want := e.answer.Header.Get("Location"), "/api/v1/events/"+one.ID; got != want {
		return []string{fmt.Sprintf("it is %q, the event %s", got, one.ID)}
	}
	return nil
}
