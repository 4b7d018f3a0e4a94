package contract

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"

	. "github.com/onsi/gomega"
)

// change changes one answer.
type change func(*http.Response) error

// matcher chooses the answers that are changed.
type matcher func(*http.Response) bool

// to matches answers by method, path and status; zero values match all.
func to(method, path string, status int) matcher {
	pattern := regexp.MustCompile("^(" + path + ")$")
	return func(r *http.Response) bool {
		return (method == "" || r.Request.Method == method) && (path == "" || pattern.MatchString(r.Request.URL.Path)) &&
			(status == 0 || r.StatusCode == status)
	}
}

// The paths of matchers.
const (
	list = events
	one  = events + `/[^/]+`
	hall = `/api/v1/venues/[^/]+/events`
)

// and matches what both do.
func (m matcher) and(more func(*http.Response) bool) matcher {
	return func(r *http.Response) bool { return m(r) && more(r) }
}

// page matches the pages of a list that a cursor leads to.
func page(r *http.Response) bool { return r.Request.URL.Query().Has("cursor") }

// answers replaces the answer by a problem document that is right in itself:
// only the status is not the promised one.
func (m matcher) answers(status int) change {
	return func(r *http.Response) error {
		if !m(r) {
			return nil
		}
		problem := map[string]any{
			"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": "changed",
			"instance": r.Request.URL.Path, "request_id": r.Header.Get("X-Request-ID"),
		}
		if status == 400 || status == 422 {
			problem["errors"] = []any{map[string]any{"field": "changed", "message": "changed"}}
		}
		r.StatusCode = status
		for _, name := range []string{"ETag", "Location", "Retry-After"} {
			r.Header.Del(name)
		}
		switch status {
		case 401:
			r.Header.Set("WWW-Authenticate", "Bearer")
		case 503, 429:
			r.Header.Set("Retry-After", "1")
		}
		r.Header.Set("Content-Type", "application/problem+json")
		return write(r, problem)
	}
}

// edits changes the answer's JSON body.
func (m matcher) edits(edit func(body map[string]any)) change {
	return func(r *http.Response) error {
		if !m(r) {
			return nil
		}
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		body := map[string]any{}
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()
		if err := decoder.Decode(&body); err != nil {
			r.Body = io.NopCloser(bytes.NewReader(raw))
			return nil //nolint:nilerr // what is no JSON object is left alone
		}
		edit(body)
		return write(r, body)
	}
}

// sets gives one field of the answer's body another value.
func (m matcher) sets(field string, value any) change {
	return m.edits(func(body map[string]any) { body[field] = value })
}

// replaces changes the answer's body as text.
func (m matcher) replaces(pattern, replacement string) change {
	return func(r *http.Response) error {
		if !m(r) {
			return nil
		}
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		return writeRaw(r, regexp.MustCompile(pattern).ReplaceAll(raw, []byte(replacement)))
	}
}

// header gives a header another value, or takes it away.
func (m matcher) header(name, value string) change {
	return func(r *http.Response) error {
		switch {
		case !m(r):
		case value == "":
			r.Header.Del(name)
		default:
			r.Header.Set(name, value)
		}
		return nil
	}
}

// items changes the events of a list.
func (m matcher) items(edit func(items []any) []any) change {
	return m.edits(func(body map[string]any) {
		if items, ok := body["items"].([]any); ok {
			body["items"] = edit(items)
		}
	})
}

// fewer leaves the last event of a list out, unless it is the only one.
func fewer(items []any) []any {
	if len(items) < 2 {
		return items
	}
	return items[:len(items)-1]
}

// both does one change and then another.
func both(one, other change) change {
	return func(r *http.Response) error {
		if err := one(r); err != nil {
			return err
		}
		return other(r)
	}
}

// renumbered makes the version of an event another one, in body and ETag.
func (m matcher) renumbered(by int64) change {
	return func(r *http.Response) error {
		if !m(r) {
			return nil
		}
		return m.edits(func(body map[string]any) {
			number, ok := body["version"].(json.Number)
			if !ok {
				return
			}
			version, err := number.Int64()
			Expect(err).NotTo(HaveOccurred())
			body["version"] = max(1, version+by)
			r.Header.Set("ETag", strconv.Quote(strconv.FormatInt(max(1, version+by), 10)))
		})(r)
	}
}

func write(r *http.Response, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return writeRaw(r, raw)
}

func writeRaw(r *http.Response, raw []byte) error {
	r.Body = io.NopCloser(bytes.NewReader(raw))
	r.ContentLength = int64(len(raw))
	r.Header.Set("Content-Length", strconv.Itoa(len(raw)))
	return nil
}
