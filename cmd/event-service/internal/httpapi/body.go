package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// MaxBody bounds a request's body, in bytes: the longest description takes
// 20 kB of UTF-8, more when every character is escaped.
const MaxBody = 64 << 10

// readBody reads a JSON body within its bound.
func (a *api) readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, problem(http.StatusUnsupportedMediaType, "the body must be application/json")
	}
	// Only while the body is read: a read deadline that passes later would end
	// the request's context as if its caller had gone away. A test's recorder
	// has no connection to set one on.
	connection := http.NewResponseController(w)
	if deadline, ok := r.Context().Deadline(); ok {
		_ = connection.SetReadDeadline(deadline)
	}
	body, err := io.ReadAll(http.MaxBytesReader(innermost(w), r.Body, a.MaxBody))
	_ = connection.SetReadDeadline(time.Time{})
	var tooLarge *http.MaxBytesError
	switch {
	case err == nil:
		return body, nil
	case errors.As(err, &tooLarge):
		return nil, problem(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is larger than %d bytes", a.MaxBody))
	case logging.IsTimeout(err):
		p := problem(http.StatusRequestTimeout, "the body did not come in time")
		p.close = true
		return nil, p
	default:
		return nil, problem(http.StatusBadRequest, "the body cannot be read",
			events.FieldError{Field: "body", Message: "ended too early"})
	}
}

// innermost is the server's own writer beneath those of the middleware. It
// alone learns from http.MaxBytesReader that the rest of a body stays unread,
// and then lets the caller read the answer before the connection goes; else
// the kernel resets the connection, and the 413 may be lost with it.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = outer.Unwrap()
	}
}

// readDetails reads an event's details from a request.
func (a *api) readDetails(w http.ResponseWriter, r *http.Request) (events.Details, error) {
	body, err := a.readBody(w, r)
	if err != nil {
		return events.Details{}, err
	}
	return decodeDetails(body)
}

// decodeDetails reads details strictly. What cannot be understood (no JSON
// object, a wrong type, an unknown or repeated field, a time that is none) is
// a 400; what is missing is a broken rule, a 422. Each names its fields.
func decodeDetails(body []byte) (events.Details, error) {
	// Runbook: Event Creation Failures: 400 validation errors.
	fields, order, err := decodeObject(body)
	if err != nil {
		return events.Details{}, problem(http.StatusBadRequest, "the body cannot be read",
			events.FieldError{Field: "body", Message: err.Error()})
	}
	var d events.Details
	targets := []struct {
		name     string
		required bool
		read     func(json.RawMessage) error
	}{
		{"venue_id", true, text(&d.VenueID)},
		{"name", true, text(&d.Name)},
		{"description", false, text(&d.Description)},
		{"starts_at", true, timestamp(&d.StartsAt)},
		{"ends_at", true, timestamp(&d.EndsAt)},
		{"capacity", true, whole(&d.Capacity)},
		{"price_cents", true, whole(&d.PriceCents)},
		{"currency", true, text(&d.Currency)},
	}
	var unreadable, missing []events.FieldError
	for _, t := range targets {
		raw, given := fields[t.name]
		delete(fields, t.name)
		if !given {
			if t.required {
				missing = append(missing, events.FieldError{Field: t.name, Message: "is required"})
			}
			continue
		}
		if err := t.read(raw); err != nil {
			unreadable = append(unreadable, events.FieldError{Field: t.name, Message: err.Error()})
		}
	}
	for _, name := range order {
		if _, unknown := fields[name]; unknown {
			unreadable = append(unreadable, events.FieldError{Field: name, Message: "is not a field of an event"})
		}
	}
	if len(unreadable) > 0 {
		return d, problem(http.StatusBadRequest, "the body cannot be read", unreadable...)
	}
	if len(missing) > 0 {
		return d, &events.Invalid{Fields: append(missing, brokenToo(d, missing)...)}
	}
	return d, nil
}

// brokenToo is what else is wrong, so that a caller learns it in one go.
func brokenToo(d events.Details, missing []events.FieldError) []events.FieldError {
	return slices.DeleteFunc(d.Check(), func(e events.FieldError) bool {
		return slices.ContainsFunc(missing, func(m events.FieldError) bool { return m.Field == e.Field })
	})
}

// decodeObject splits a JSON object into its fields, in their order. Unlike
// encoding/json it refuses a field that is given twice, since two readers
// would then see two different events.
func decodeObject(body []byte) (map[string]json.RawMessage, []string, error) {
	if !utf8.Valid(body) {
		return nil, nil, errors.New("is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, nil, errors.New("is not a JSON object")
	}
	fields := map[string]json.RawMessage{}
	var order []string
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return nil, nil, errors.New("is not a JSON object")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, nil, errors.New("is not a JSON object")
		}
		if _, twice := fields[name]; twice {
			return nil, nil, fmt.Errorf("names %q twice", name)
		}
		fields[name] = value
		order = append(order, name)
	}
	if _, err := d.Token(); err != nil {
		return nil, nil, errors.New("is not a JSON object")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, errors.New("goes on after the JSON object")
	}
	return fields, order, nil
}

func text(to *string) func(json.RawMessage) error {
	return func(raw json.RawMessage) error {
		if raw[0] != '"' || json.Unmarshal(raw, to) != nil {
			return errors.New("must be a string")
		}
		return nil
	}
}

func whole(to *int64) func(json.RawMessage) error {
	return func(raw json.RawMessage) error {
		if string(raw) == "null" || json.Unmarshal(raw, to) != nil {
			return errors.New("must be a whole number")
		}
		return nil
	}
}

func timestamp(to *time.Time) func(json.RawMessage) error {
	return func(raw json.RawMessage) error {
		var s string
		if err := text(&s)(raw); err != nil {
			return err
		}
		// Strict, unlike time.Parse, but for the comma before a fraction, which
		// only ISO 8601 knows; the letters may be small (RFC 3339, 5.6).
		if err := to.UnmarshalText([]byte(strings.ToUpper(s))); err != nil || strings.Contains(s, ",") {
			return errors.New("must be a time such as 2030-06-01T18:00:00Z (RFC 3339)")
		}
		return nil
	}
}
