package httpapi

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

func TestIfMatch(t *testing.T) {
	id := uuid.New()
	path := "/api/v1/events/" + id.String()
	w := newWorld(t)
	w.refused(w.request("PUT", path, "organizer", valid), 428)
	w.refused(w.request("PUT", path, "organizer", valid, `If-Match: 3`), 400)
	w.refused(w.request("PUT", path, "organizer", valid, `If-Match: "1", "2"`), 400)
	for header, version := range map[string]int64{`"3"`: 3, `*`: events.AnyVersion, `"03"`: -1, `W/"3"`: -1, `"x"`: -1, `""`: -1} {
		w.events.EXPECT().Update(mock.Anything, tenant, id, version, mock.Anything).Return(events.Event{Version: 4}, nil).Once()
		rec := w.request("PUT", path, "organizer", valid, "If-Match: "+header)
		if rec.Code != 200 || rec.Header().Get("ETag") != `"4"` {
			t.Errorf("%s: %d, ETag %s", header, rec.Code, rec.Header().Get("ETag"))
		}
	}
}

func TestIfNoneMatch(t *testing.T) {
	w := newWorld(t)
	id := uuid.New()
	w.events.EXPECT().Get(mock.Anything, tenant, id).Return(events.Event{Version: 4}, nil)
	for header, want := range map[string]int{`"4"`: 304, `W/"4"`: 304, `"3", "4"`: 304, `*`: 304, `"3"`: 200, ``: 200} {
		rec := w.request("GET", "/api/v1/events/"+id.String(), "viewer", "", "If-None-Match: "+header)
		if rec.Code != want || rec.Header().Get("ETag") != `"4"` || want == 304 && rec.Body.Len() > 0 {
			t.Errorf("%s: %d, ETag %s", header, rec.Code, rec.Header().Get("ETag"))
		}
	}
}

func TestTransitions(t *testing.T) {
	id := uuid.New()
	path := "/api/v1/events/" + id.String()
	w := newWorld(t)
	w.events.EXPECT().Publish(mock.Anything, tenant, id, events.AnyVersion).Return(events.Event{Status: events.Published, Version: 2}, nil).Once()
	w.events.EXPECT().Cancel(mock.Anything, tenant, id, int64(2)).Return(events.Event{Status: events.Cancelled, Version: 3}, nil).Once()
	if rec := w.request("POST", path+"/publish", "organizer", ""); rec.Code != 200 || w.observed != "POST /api/v1/events/{id}/publish 200" {
		t.Errorf("publish: %d, counted as %s", rec.Code, w.observed)
	}
	if rec := w.request("POST", path+"/cancel", "organizer", "", `If-Match: "2"`); rec.Code != 200 || rec.Header().Get("ETag") != `"3"` {
		t.Errorf("cancel: %d", rec.Code)
	}
	w.refused(w.request("POST", path+"/cancel", "viewer", ""), 403)
}

func TestIdempotencyKey(t *testing.T) {
	w := newWorld(t)
	d, err := decodeDetails([]byte(valid))
	if err != nil {
		t.Fatal(err)
	}
	w.events.EXPECT().Create(mock.Anything, tenant, d, events.NewKey("k-1", d)).Return(events.Event{Version: 1}, true, nil).Once()
	rec := w.request("POST", "/api/v1/events", "organizer", valid, "Idempotency-Key: k-1")
	if rec.Code != 201 || rec.Header().Get("Idempotency-Replayed") != "true" {
		t.Errorf("%d %v", rec.Code, rec.Header())
	}
	for _, bad := range []string{"a b", "ü", ""} {
		w.refused(w.request("POST", "/api/v1/events", "organizer", valid, "Idempotency-Key: "+bad), 400)
	}
	w.events.EXPECT().Create(mock.Anything, tenant, d, mock.Anything).Return(events.Event{}, false, events.ErrKeyReused).Once()
	p := w.refused(w.request("POST", "/api/v1/events", "organizer", valid, "Idempotency-Key: k-1"), 422)
	if len(p.Errors) != 1 || p.Errors[0].Field != "Idempotency-Key" {
		t.Errorf("%+v", p.Errors)
	}
}

func FuzzIfMatch(f *testing.F) {
	f.Add(`"3"`)
	f.Add(`*`)
	f.Fuzz(func(t *testing.T, header string) {
		r := httptest.NewRequest("PUT", "/", nil)
		r.Header["If-Match"] = []string{header}
		version, given, err := ifMatch(r)
		var p *Problem
		if !given || err != nil && (!errors.As(err, &p) || p.Status != 400) {
			t.Errorf("%q: given %v, %v", header, given, err)
		}
		// Spaces around a header's value are not part of it.
		if err == nil && version > 0 && strings.TrimSpace(header) != etag(events.Event{Version: version}) {
			t.Errorf("%q was taken for version %d", header, version)
		}
	})
}
