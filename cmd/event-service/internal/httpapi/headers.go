package httpapi

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// idempotencyHeader names a create, so that it can be repeated safely.
const idempotencyHeader = "Idempotency-Key"

// keyPattern is what a key may be made of: visible ASCII.
var keyPattern = regexp.MustCompile(`^[\x21-\x7e]{1,255}$`)

// etag is an event's version as a strong validator (RFC 9110, 8.8.3).
func etag(e events.Event) string { return `"` + strconv.FormatInt(e.Version, 10) + `"` }

// ifMatch reads the version that the caller has seen. Nothing given and "*"
// are AnyVersion. A tag that this service never gave out matches nothing, as
// does a weak one (RFC 9110, 13.1.1); what is no tag at all is refused.
func ifMatch(r *http.Request) (version int64, given bool, err error) {
	values := r.Header.Values("If-Match")
	if len(values) == 0 {
		return events.AnyVersion, false, nil
	}
	value := strings.TrimSpace(values[0])
	if len(values) > 1 || !tagPattern.MatchString(value) {
		return 0, true, problem(http.StatusBadRequest, "If-Match cannot be read",
			events.FieldError{Field: "If-Match", Message: `must be one entity tag such as "3", or *`})
	}
	if value == "*" {
		return events.AnyVersion, true, nil
	}
	n, err := strconv.ParseInt(strings.Trim(value, `"`), 10, 64)
	if err != nil || n < 1 || value != `"`+strconv.FormatInt(n, 10)+`"` {
		return -1, true, nil // the version of no event
	}
	return n, true, nil
}

// tagPattern is one entity tag, or the star (RFC 9110, 8.8.3).
var tagPattern = regexp.MustCompile(`^(\*|(W/)?"[\x21\x23-\x7e\x80-\xff]*")$`)

// knows tells whether the caller has this version already (RFC 9110, 13.1.2).
func knows(r *http.Request, e events.Event) bool {
	for _, value := range r.Header.Values("If-None-Match") {
		for _, tag := range strings.Split(value, ",") {
			tag = strings.TrimSpace(tag)
			if tag == "*" || strings.TrimPrefix(tag, "W/") == etag(e) {
				return true
			}
		}
	}
	return false
}

// idempotencyKey reads the key of a create; empty is none.
func idempotencyKey(r *http.Request) (string, error) {
	values := r.Header.Values(idempotencyHeader)
	if len(values) == 0 {
		return "", nil
	}
	if len(values) > 1 || !keyPattern.MatchString(values[0]) {
		return "", problem(http.StatusBadRequest, idempotencyHeader+" cannot be read",
			events.FieldError{Field: idempotencyHeader, Message: "must be 1 to 255 visible characters"})
	}
	return values[0], nil
}
