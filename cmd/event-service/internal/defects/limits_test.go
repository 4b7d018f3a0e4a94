package defects

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

func TestAWaitForAConnectionHasNoEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limiter := mutated(t, "pool-wait-unbounded", nil).PoolLimiter(config.Database{PoolMax: 1, AcquireTimeout: time.Second})
		release, err := limiter.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		taken := false
		go func() {
			if back, err := limiter.Acquire(ctx); err == nil {
				taken = true
				back()
			}
		}()
		<-time.After(time.Hour)
		if taken || limiter.State().Waiting != 1 {
			t.Errorf("after an hour: taken %v, %d wait", taken, limiter.State().Waiting)
		}
		release()
		synctest.Wait()
		if !taken {
			t.Error("nobody has waited")
		}
	})
}

// venues is a venue-service that looks at something while it is asked.
type venues func()

func (v venues) Check(context.Context, tenancy.ID, string) error {
	v()
	return events.ErrVenueUnknown
}

func TestVenuesAreAskedWithAConnection(t *testing.T) {
	inUse := -1
	var look func() int
	p := mutated(t, "venue-asked-with-connection", func(p *app.Parts) {
		p.Venues = func(config.Config, venue.Guard) events.Venues { return venues(func() { inUse = look() }) }
	})
	asked := p.Venues(config.Config{}, nil)
	limiter := p.PoolLimiter(config.Database{PoolMax: 1, AcquireTimeout: time.Second})
	look = func() int { return limiter.State().InUse }
	if err := asked.Check(t.Context(), "a", "v"); !errors.Is(err, events.ErrVenueUnknown) || inUse != 1 || look() != 0 {
		t.Errorf("%v, %d in use while asking, %d afterwards", err, inUse, look())
	}
}

func TestEventsAreStoredBeforeTheirVenueIsKnown(t *testing.T) {
	w := &work{}
	p := mutated(t, "stored-before-venue-check", func(p *app.Parts) {
		p.Venues = func(config.Config, venue.Guard) events.Venues { return venues(func() {}) }
		p.Events = func(events.World) httpapi.Events { return w }
	})
	if err := p.Venues(config.Config{}, nil).Check(t.Context(), "a", "v"); err != nil {
		t.Errorf("the venue is looked at before: %v", err)
	}
	var invalid *events.Invalid
	if e, _, err := p.Events(events.World{}).Create(t.Context(), "a", events.Details{}, events.Key{}); !errors.As(err, &invalid) || e.ID == uuid.Nil {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestABodyHasNoBound(t *testing.T) {
	var got httpapi.Parts
	p := mutated(t, "body-unbounded", func(p *app.Parts) {
		p.Handler = func(parts httpapi.Parts) http.Handler { got = parts; return nil }
	})
	p.Handler(httpapi.Parts{MaxBody: httpapi.MaxBody})
	if got.MaxBody != math.MaxInt64 {
		t.Errorf("%d bytes", got.MaxBody)
	}
}

func TestAroundTheHandler(t *testing.T) {
	request := func(name string, log *slog.Logger) (seen *http.Request, rec *httptest.ResponseRecorder, p app.Parts) {
		p = mutated(t, name, func(p *app.Parts) {
			p.Handler = func(httpapi.Parts) http.Handler {
				return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r })
			}
			p.Events = func(events.World) httpapi.Events { return &work{} }
		})
		r := httptest.NewRequest(http.MethodGet, "/api/v1/events", nil)
		r.Header.Set("Authorization", "Bearer very-secret")
		r.Header.Set("X-Tenant-ID", "b")
		rec = httptest.NewRecorder()
		p.Handler(httpapi.Parts{Log: log}).ServeHTTP(rec, r)
		return seen, rec, p
	}
	var log bytes.Buffer
	request("tokens-logged", slog.New(slog.NewJSONHandler(&log, nil)))
	if !bytes.Contains(log.Bytes(), []byte("very-secret")) {
		t.Errorf("log: %s", log.String())
	}
	if seen, _, _ := request("header-over-token", discard); seen.Header.Get("X-Tenant-ID") != "" || seen.Context().Value(saidKey{}) != "b" {
		t.Errorf("header %v", seen.Header)
	}
	if seen, _, _ := request("header-over-token-in-changes", discard); seen.Header.Get("X-Tenant-ID") != "b" {
		t.Errorf("a read: header %v", seen.Header)
	}
	seen, rec, p := request("status-before-work", discard)
	_, _ = p.Events(events.World{}).List(seen.Context(), "a", events.Filter{})
	rec.WriteHeader(http.StatusServiceUnavailable)
	if rec.Code != http.StatusOK {
		t.Errorf("status %d", rec.Code)
	}
	seen, rec, p = request("count-of-all-tenants", discard)
	all := p.Events(events.World{})
	_, _, _ = all.Create(t.Context(), "a", events.Details{}, events.Key{})
	_, _ = all.List(seen.Context(), "b", events.Filter{})
	if n := rec.Header().Get("X-Total-Count"); n != "1" {
		t.Errorf("count %q", n)
	}
}

// Port 1 of loopback refuses connections.
func TestWithoutRedisNothingGoes(t *testing.T) {
	const url = "redis://127.0.0.1:1"
	p := mutated(t, "redis-outage-is-unauthorized", func(p *app.Parts) {
		p.Tokens = func(auth.Keys, config.JWT) httpapi.Tokens { return viewer{} }
	})
	lost := client(t, p, url)
	if _, err := p.Tokens(nil, rules).Verify(t.Context(), "token"); !errors.Is(err, auth.ErrToken) {
		t.Errorf("token: %v", err)
	}
	p = mutated(t, "rate-limit-fails-closed", nil)
	if allowed, _ := p.Limiter(config.Config{RateLimit: 1}, lost, p.Gate(discard)).Allow(t.Context(), "a"); allowed {
		t.Error("a request is allowed")
	}
	p = mutated(t, "cache-outage-is-fatal", nil)
	client(t, p, url)
	r := p.Reader(config.Config{}, app.ReaderParts{Source: &stub{}})
	var unavailable *events.Unavailable
	if _, err := r.Get(t.Context(), "a", uuid.New()); !errors.As(err, &unavailable) || unavailable.Dependency != "redis" {
		t.Errorf("read: %v", err)
	}
	honest, tooEarly := client(t, app.Honest(), url).Options(), client(t, mutated(t, "redis-with-default-timeouts", nil), url).Options()
	if tooEarly.ReadTimeout <= honest.ReadTimeout || tooEarly.ContextTimeoutEnabled {
		t.Errorf("read timeout %s", tooEarly.ReadTimeout)
	}
}

func client(t *testing.T, p app.Parts, url string) *redis.Client {
	t.Helper()
	c, err := p.Redis(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestRedisIsNeverAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := mutated(t, "redis-never-asked-again", nil).Gate(discard)
		ask := func() (asked bool) {
			_ = gate.Do(t.Context(), "ask", func(context.Context) error { asked = true; return errDown })
			return asked
		}
		first := ask()
		<-time.After(time.Hour)
		if second := ask(); !first || second {
			t.Errorf("asked: %v, then %v", first, second)
		}
	})
}
