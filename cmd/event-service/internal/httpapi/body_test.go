package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

const valid = `{"venue_id":"v-1","name":"Concert","starts_at":"2030-06-01T18:00:00+02:00",` +
	`"ends_at":"2030-06-01T20:00:00Z","capacity":100,"price_cents":0,"currency":"EUR"}`

func TestCreateAnswersWithTheEvent(t *testing.T) {
	w := newWorld(t)
	id := uuid.New()
	w.events.EXPECT().Create(mock.Anything, tenant, mock.Anything, events.Key{}).RunAndReturn(
		func(_ context.Context, _ tenancy.ID, d events.Details, _ events.Key) (events.Event, bool, error) {
			return events.Event{ID: id, Name: d.Name, StartsAt: d.StartsAt.UTC()}, false, nil
		}).Once()
	rec := w.request("POST", "/api/v1/events", "organizer", valid)
	if rec.Code != 201 || rec.Header().Get("Location") != "/api/v1/events/"+id.String() {
		t.Errorf("got %d at %q", rec.Code, rec.Header().Get("Location"))
	}
	if !strings.Contains(rec.Body.String(), `"name":"Concert"`) || !strings.Contains(rec.Body.String(), `"starts_at":"2030-06-01T16:00:00Z"`) {
		t.Errorf("body %s", rec.Body)
	}
}

// A 400 is what cannot be understood, a 422 what breaks a rule.
func TestBodiesThatAreRefused(t *testing.T) {
	change := func(old, by string) string {
		if !strings.Contains(valid, old) {
			t.Fatalf("%q is not in the valid body", old)
		}
		return strings.Replace(valid, old, by, 1)
	}
	for _, c := range []struct {
		body   string
		status int
		fields []string
	}{
		{`{}`, 422, []string{"venue_id", "name", "starts_at", "ends_at", "capacity", "price_cents", "currency"}},
		{`{"name":"","venue_id":"v","starts_at":"2030-01-01T00:00:00Z","capacity":1,"price_cents":1,"currency":"EUR"}`, 422, []string{"ends_at", "name"}},
		{`[]`, 400, []string{"body"}},
		{`null`, 400, []string{"body"}},
		{`{"name":"x"`, 400, []string{"body"}},
		{valid + `{}`, 400, []string{"body"}},
		{"\xff" + valid, 400, []string{"body"}},
		{change(`"name":`, `"venue_id":"v-2","name":`), 400, []string{"body"}},
		{change(`"name":`, `"nam\u0065":"twice","name":`), 400, []string{"body"}},
		{change(`"capacity":100`, `"capacity":"100"`), 400, []string{"capacity"}},
		{change(`"capacity":100`, `"capacity":1.5`), 400, []string{"capacity"}},
		{change(`"capacity":100`, `"capacity":1e30`), 400, []string{"capacity"}},
		{change(`"capacity":100`, `"capacity":null`), 400, []string{"capacity"}},
		{change(`"name":"Concert"`, `"name":7`), 400, []string{"name"}},
		{change(`"name":"Concert"`, `"name":null`), 400, []string{"name"}},
		{change(`2030-06-01T20:00:00Z`, `tomorrow`), 400, []string{"ends_at"}},
		{change(`2030-06-01T20:00:00Z`, `2030-06-01 20:00:00`), 400, []string{"ends_at"}},
		{change(`2030-06-01T20:00:00Z`, `2030-06-31T20:00:00Z`), 400, []string{"ends_at"}},
		{change(`"currency":"EUR"`, `"currency":"EUR","tenant_id":"t-2","id":"x"`), 400, []string{"tenant_id", "id"}},
	} {
		w := newWorld(t)
		p := w.refused(w.request("POST", "/api/v1/events", "organizer", c.body), c.status)
		var fields []string
		for _, e := range p.Errors {
			fields = append(fields, e.Field)
		}
		if diff := cmp.Diff(c.fields, fields); diff != "" {
			t.Errorf("%s: fields (-want +got):\n%s", c.body, diff)
		}
	}
}

func TestBodiesThatAreNotRead(t *testing.T) {
	w := newWorld(t)
	w.refused(w.request("POST", "/api/v1/events", "organizer", valid, "Content-Type: text/plain"), http.StatusUnsupportedMediaType)
	w.refused(w.request("POST", "/api/v1/events", "organizer", `{"name":"`+strings.Repeat("x", MaxBody)+`"}`), http.StatusRequestEntityTooLarge)
}

// More is on its way than the service reads, on a connection that ends with
// the answer: the answer arrives whole all the same. Without innermost the
// connection is reset.
func TestARefusedBodyDoesNotTakeTheAnswerWithIt(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.handler)
	defer server.Close()
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	_, err = fmt.Fprintf(connection, "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer organizer\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", 3*MaxBody, strings.Repeat("x", 2*MaxBody))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(connection)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 413 ") {
		t.Errorf("got %.40q, %v", answer, err)
	}
}

func TestQueries(t *testing.T) {
	for query, field := range map[string]string{
		"limit=0": "limit", "limit=101": "limit", "limit=x": "limit", "limit=1&limit=2": "limit",
		"cursor=!": "cursor", "cursor=AAAA": "cursor", "status=open": "status", "venue_id=": "venue_id",
		"tenant_id=t-2": "tenant_id", "%zz": "query",
	} {
		w := newWorld(t)
		p := w.refused(w.request("GET", "/api/v1/events?"+query, "viewer", ""), 400)
		if len(p.Errors) != 1 || p.Errors[0].Field != field {
			t.Errorf("%s: %+v", query, p.Errors)
		}
	}
	w := newWorld(t)
	before, next := uuid.New(), uuid.New()
	w.events.EXPECT().List(mock.Anything, tenant, events.Filter{VenueID: "v-1", Status: "draft", Before: before, Limit: 3}).
		Return(events.Page{Next: next}, nil).Twice()
	for _, path := range []string{"/api/v1/events?venue_id=v-1&", "/api/v1/venues/v-1/events?"} {
		rec := w.request("GET", path+"status=draft&limit=3&cursor="+encodeCursor(before), "viewer", "")
		if rec.Code != 200 || !strings.Contains(rec.Body.String(), `"next_cursor":"`+encodeCursor(next)+`"`) {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
	}
	for _, id := range []string{"x", "{" + uuid.NewString() + "}", strings.ReplaceAll(uuid.NewString(), "-", "")} {
		w.refused(w.request("GET", "/api/v1/events/"+id, "viewer", ""), 400)
	}
}

// Whatever comes, the answer is details that obey every rule of reading, or a
// refusal that names a field.
func FuzzDecodeDetails(f *testing.F) {
	f.Add([]byte(valid))
	f.Add([]byte(`{"name":"a","name":"b"}`))
	f.Add([]byte(`{"capacity":-0,"starts_at":"2030-06-01t18:00:00z"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		d, err := decodeDetails(body)
		var p *Problem
		var invalid *events.Invalid
		switch {
		case err == nil:
			d.Check()
		case errors.As(err, &p):
			if p.Status != 400 || len(p.Errors) == 0 {
				t.Errorf("%q: %+v", body, p)
			}
		case !errors.As(err, &invalid) || len(invalid.Fields) == 0:
			t.Errorf("%q: %v", body, err)
		}
	})
}

func FuzzCursor(f *testing.F) {
	f.Add(encodeCursor(uuid.New()))
	f.Fuzz(func(t *testing.T, s string) {
		if id, err := decodeCursor(s); err == nil && encodeCursor(id) != s {
			t.Errorf("%q and %q are the same cursor", s, encodeCursor(id))
		}
	})
}
