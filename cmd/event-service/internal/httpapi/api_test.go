package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

const tenant = tenancy.ID("t-1")

// The callers of these tests, by their token.
var callers = map[string]auth.Identity{
	"organizer":  {Subject: "o", Tenant: "t-1", Roles: []auth.Role{auth.Organizer}},
	"viewer":     {Subject: "v", Tenant: "t-1", Roles: []auth.Role{"viewer"}},
	"roleless":   {Subject: "r", Tenant: "t-1"},
	"tenantless": {Subject: "s", Roles: []auth.Role{auth.Admin}},
	"strange":    {Subject: "s", Tenant: "a b", Roles: []auth.Role{auth.Admin}},
}

// world is an API over mocks.
type world struct {
	t       *testing.T
	events  *mockEvents
	health  *mockHealth
	limiter *mockLimiter
	log     bytes.Buffer
	handler http.Handler

	wait     time.Duration // above zero: the limiter refuses
	observed string        // the last answer, as the metrics count it
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, events: newMockEvents(t), health: newMockHealth(t), limiter: newMockLimiter(t)}
	tokens := newMockTokens(t)
	tokens.EXPECT().Verify(mock.Anything, mock.Anything).RunAndReturn(
		func(_ context.Context, token string) (auth.Identity, error) {
			if id, known := callers[token]; known {
				return id, nil
			}
			return auth.Identity{}, auth.ErrToken
		}).Maybe()
	observer := newMockObserver(t)
	observer.EXPECT().Request(mock.Anything, mock.Anything, mock.Anything, mock.Anything).Run(
		func(route, method string, status int, _ time.Duration) {
			w.observed = fmt.Sprint(method, " ", route, " ", status)
		}).Maybe()
	w.limiter.EXPECT().Allow(mock.Anything, tenant).RunAndReturn(
		func(context.Context, tenancy.ID) (bool, time.Duration) { return w.wait == 0, w.wait }).Maybe()
	w.handler = New(Parts{
		Events: w.events, Tokens: tokens, Health: w.health, Limiter: w.limiter,
		Log: logging.New(&w.log, slog.LevelDebug), Timeout: time.Second, MaxBody: MaxBody,
		Metrics: http.NotFoundHandler(), Observer: observer,
	})
	return w
}

// request is one call; body may be empty, headers are "Name: value".
func (w *world) request(method, path, token, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// refused checks that an answer is a problem document and returns it.
func (w *world) refused(rec *httptest.ResponseRecorder, status int) Problem {
	w.t.Helper()
	var p Problem
	if rec.Code != status || rec.Header().Get("Content-Type") != "application/problem+json" {
		w.t.Fatalf("got %d %s %s, want a problem of %d", rec.Code, rec.Header().Get("Content-Type"), rec.Body, status)
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &p); err != nil {
		w.t.Fatal(err)
	}
	if p.Status != status || p.Title == "" || p.RequestID == "" || p.RequestID != rec.Header().Get("X-Request-ID") {
		w.t.Errorf("problem %+v", p)
	}
	return p
}

func TestWhoMayDoWhat(t *testing.T) {
	id := uuid.New()
	for _, c := range []struct {
		method, path, token string
		headers             []string
		want                int
	}{
		{"GET", "/api/v1/events", "", nil, 401},
		{"GET", "/api/v1/events", "unknown", nil, 401},
		{"GET", "/api/v1/events", "roleless", nil, 403},
		{"GET", "/api/v1/events", "tenantless", nil, 400},
		{"GET", "/api/v1/events", "tenantless", []string{"X-Tenant-ID: t-1"}, 403},
		{"GET", "/api/v1/events", "viewer", []string{"X-Tenant-ID: t-2"}, 403},
		{"GET", "/api/v1/events", "strange", nil, 400},
		{"POST", "/api/v1/events", "viewer", nil, 403},
		{"GET", "/api/v1/events/" + id.String(), "", nil, 401},
		{"GET", "/api/v1/venues/v-1/events", "", nil, 401},
		{"PATCH", "/api/v1/events", "organizer", nil, 405},
		{"GET", "/api/v2/events", "organizer", nil, 404},
		{"POST", "/health/live", "", nil, 405},
	} {
		w := newWorld(t)
		rec := w.request(c.method, c.path, c.token, "", c.headers...)
		p := w.refused(rec, c.want)
		if c.want == 401 && rec.Header().Get("WWW-Authenticate") == "" {
			t.Error("401 without WWW-Authenticate")
		}
		if c.token == "tenantless" && c.want == 400 && !strings.Contains(w.log.String(), "tenant_id is required") {
			t.Errorf("the log lacks what the runbook looks for: %s", w.log.String())
		}
		if c.token == "tenantless" && c.want == 400 && p.Detail != "tenant_id is required" {
			t.Errorf("detail %q", p.Detail)
		}
	}
}

func TestTheHeaderMayAgree(t *testing.T) {
	w := newWorld(t)
	w.events.EXPECT().List(mock.Anything, tenant, mock.Anything).Return(events.Page{}, nil).Once()
	rec := w.request("GET", "/api/v1/events", "viewer", "", "X-Tenant-ID: t-1", "X-Request-ID: mine")
	if rec.Code != 200 || strings.TrimSpace(rec.Body.String()) != `{"items":[],"next_cursor":null}` {
		t.Errorf("got %d %s", rec.Code, rec.Body)
	}
	if rec.Header().Get("X-Request-ID") != "mine" || !strings.Contains(w.log.String(), `"request_id":"mine","tenant_id":"t-1"`) {
		t.Errorf("log: %s", w.log.String())
	}
}

// What goes wrong below, and what the caller is told.
func TestErrorsBecomeProblems(t *testing.T) {
	hidden := errors.New("hidden detail")
	for _, c := range []struct {
		err        error
		status     int
		retryAfter string
		log        string
	}{
		{events.ErrNotFound, 404, "", ""},
		{events.ErrStale, 412, "", ""},
		{&events.Conflict{Reason: "no"}, 409, "", ""},
		{&events.Unavailable{Dependency: "database", Err: hidden}, 503, "1", "database unavailable"},
		{&events.Unavailable{Dependency: "venue-service", RetryAfter: 6100 * time.Millisecond, Err: hidden}, 503, "7", "hidden detail"},
		{&events.TimedOut{Dependency: "database", Err: hidden}, 504, "", "database timeout"},
		{fmt.Errorf("late: %w", context.DeadlineExceeded), 504, "", "request timeout"},
		{hidden, 500, "", "hidden detail"},
	} {
		w := newWorld(t)
		w.events.EXPECT().Get(mock.Anything, tenant, mock.Anything).Return(events.Event{}, c.err).Once()
		rec := w.request("GET", "/api/v1/events/"+uuid.NewString(), "viewer", "")
		w.refused(rec, c.status)
		if got := rec.Header().Get("Retry-After"); got != c.retryAfter {
			t.Errorf("%v: Retry-After %q, want %q", c.err, got, c.retryAfter)
		}
		if strings.Contains(rec.Body.String(), "hidden") || !strings.Contains(w.log.String(), c.log) {
			t.Errorf("%v: told %s, logged %s", c.err, rec.Body, w.log.String())
		}
	}
}

func TestTooManyRequests(t *testing.T) {
	w := newWorld(t)
	w.wait = 300 * time.Millisecond
	rec := w.request("GET", "/api/v1/events", "viewer", "")
	w.refused(rec, 429)
	if rec.Header().Get("Retry-After") != "1" || w.observed != "GET /api/v1/events 429" {
		t.Errorf("Retry-After %q, counted as %q", rec.Header().Get("Retry-After"), w.observed)
	}
}

func TestAPanicIsAnAnswerWithoutATrace(t *testing.T) {
	w := newWorld(t)
	w.events.EXPECT().Get(mock.Anything, mock.Anything, mock.Anything).Run(
		func(context.Context, tenancy.ID, uuid.UUID) { panic("boom") }).Return(events.Event{}, nil).Once()
	rec := w.request("GET", "/api/v1/events/"+uuid.NewString(), "viewer", "")
	w.refused(rec, 500)
	if strings.Contains(rec.Body.String(), "boom") || !strings.Contains(w.log.String(), "boom") {
		t.Errorf("told %s, logged %s", rec.Body, w.log.String())
	}
}

func TestTheProbes(t *testing.T) {
	w := newWorld(t)
	w.health.EXPECT().Live().Return(health.Live{Status: "UP"}).Once()
	if rec := w.request("GET", "/health/live", "", ""); rec.Code != 200 || strings.TrimSpace(rec.Body.String()) != `{"status":"UP"}` {
		t.Errorf("live: %d %s", rec.Code, rec.Body)
	}
	for ready, want := range map[bool]int{true: 200, false: 503} {
		w.health.EXPECT().Ready(mock.Anything).Return(health.Ready{Status: "?"}, ready).Once()
		if rec := w.request("GET", "/health/ready", "", ""); rec.Code != want {
			t.Errorf("ready %v: %d", ready, rec.Code)
		}
	}
}
