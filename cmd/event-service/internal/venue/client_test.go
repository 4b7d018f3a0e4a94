package venue

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
)

// through makes every call, as a closed breaker does.
func through(t *testing.T) *mockGuard {
	g := newMockGuard(t)
	g.EXPECT().Do(mock.Anything, mock.Anything).RunAndReturn(
		func(ctx context.Context, call func(context.Context) error) error { return call(ctx) })
	return g
}

// client speaks to a server that treats every call with h.
func client(t *testing.T, g Guard, timeout time.Duration, h http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	base, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient(base, timeout, g)
	t.Cleanup(c.Close)
	return c
}

func TestAnswers(t *testing.T) {
	const path = "/api/v1/venues/v-1"
	for name, c := range map[string]struct {
		status int
		body   string
		want   string // ok, unknown or unavailable
	}{
		"the tenant's own":  {200, `{"id":"v-1","tenant_id":"t-1","name":"Hall","capacity":10}`, "ok"},
		"another tenant's":  {200, `{"id":"v-1","tenant_id":"t-2"}`, "unknown"},
		"not there":         {404, `{}`, "unknown"},
		"another venue":     {200, `{"id":"v-2","tenant_id":"t-1"}`, "unavailable"},
		"nobody's":          {200, `{"id":"v-1"}`, "unavailable"},
		"garbage":           {200, `<html>`, "unavailable"},
		"failed":            {500, ``, "unavailable"},
		"too many":          {429, ``, "unavailable"},
		"moved":             {302, ``, "unavailable"},
		"an answer for all": {204, ``, "unavailable"},
	} {
		t.Run(name, func(t *testing.T) {
			v := client(t, through(t), time.Second, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != path || r.Header.Get("X-Tenant-ID") != "t-1" {
					t.Errorf("asked for %s as %q", r.URL.Path, r.Header.Get("X-Tenant-ID"))
				}
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			})
			if got := kind(v.Check(t.Context(), "t-1", "v-1")); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func kind(err error) string {
	var unavailable *events.Unavailable
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, events.ErrVenueUnknown):
		return "unknown"
	case errors.As(err, &unavailable):
		return "unavailable"
	}
	return err.Error()
}

func TestAHangIsGivenUp(t *testing.T) {
	v := client(t, through(t), 20*time.Millisecond, func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
	})
	if err := v.Check(t.Context(), "t-1", "v-1"); kind(err) != "unavailable" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// Somebody who left is not told that the venue-service is unavailable, and
// the breaker can tell (it excludes what is context.Canceled).
func TestACallerThatLeft(t *testing.T) {
	v := client(t, through(t), time.Second, func(http.ResponseWriter, *http.Request) {})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := v.Check(ctx, "t-1", "v-1"); !errors.Is(err, context.Canceled) || kind(err) == "unavailable" {
		t.Errorf("got %v", err)
	}
}

func TestAnOpenBreakerSaysWhenToComeBack(t *testing.T) {
	g := newMockGuard(t)
	g.EXPECT().Do(mock.Anything, mock.Anything).Return(&breaker.Refused{RetryAfter: 7 * time.Second})
	v := client(t, g, time.Second, func(http.ResponseWriter, *http.Request) { t.Error("the venue-service was asked") })
	var unavailable *events.Unavailable
	if err := v.Check(t.Context(), "t-1", "v-1"); !errors.As(err, &unavailable) || unavailable.RetryAfter != 7*time.Second {
		t.Errorf("got %v", err)
	}
}
