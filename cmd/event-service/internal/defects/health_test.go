package defects

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

// pings fails while there is an error, and takes no time.
type pings struct{ err error }

func (p *pings) Ping(ctx context.Context) error { return errors.Join(p.err, ctx.Err()) }

// roundTrip answers well, after the millisecond that the way takes.
type roundTrip struct{}

func (roundTrip) Ping(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Millisecond):
		return nil
	}
}

// probed is a mutant's health over two dependencies.
func probed(t *testing.T, name string, database, redis checks.Pinger) app.Health {
	t.Helper()
	p := mutated(t, name, nil)
	c := config.Config{Timeouts: config.Timeouts{Health: time.Second}}
	return p.Health(c, checks.Sources{
		Database: database, Redis: redis,
		Memory: p.Resident(config.Resources{MemoryPercent: 100}), Disk: p.Disk(config.Resources{DiskPath: "/"}),
		Pool: func() store.PoolState { return store.PoolState{Max: 1} },
	}, discard)
}

var errDown = errors.New("down")

func TestReadinessLies(t *testing.T) {
	for _, c := range []struct {
		name            string
		database, redis error
		ready           bool
		shown           string // of the database
	}{
		{"database-check-from-pool", errDown, nil, false, checks.Up},
		{"redis-decides-readiness", nil, errDown, false, checks.Up},
		{"redis-decides-readiness", nil, nil, true, checks.Up},
		{"database-in-other-words", nil, nil, true, "connected"},
		{"database-in-other-words", errDown, nil, false, checks.Down},
	} {
		r, ready := probed(t, c.name, &pings{c.database}, &pings{c.redis}).Ready(t.Context())
		if ready != c.ready || r.Checks.Database != c.shown || (r.Status == checks.Up) != c.ready {
			t.Errorf("%s: %v, %+v", c.name, ready, r)
		}
	}
	p := mutated(t, "ready-without-database", nil)
	if err := p.PingStore((*pgxpool.Pool)(nil)).Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestReadinessIsOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		database := &pings{}
		h := probed(t, "health-kept-for-a-minute", database, &pings{})
		if _, ready := h.Ready(t.Context()); !ready {
			t.Error("not ready")
		}
		database.err = errDown
		<-time.After(59 * time.Second)
		if _, ready := h.Ready(t.Context()); !ready {
			t.Error("asked again within the minute")
		}
		<-time.After(time.Second)
		if _, ready := h.Ready(t.Context()); ready {
			t.Error("not asked again")
		}
	})
}

func TestTheShapeOfHealth(t *testing.T) {
	shape := func(name string) checks.Ready {
		r, _ := probed(t, name, &pings{}, &pings{}).Ready(t.Context())
		return r
	}
	if s := shape("ready-in-other-words").Status; s != "READY" {
		t.Errorf("status %q", s)
	}
	if s := shape("service-unnamed").Service; s == config.Service {
		t.Errorf("service %q", s)
	}
	if s := shape("version-of-nothing").Version; s != "dev" {
		t.Errorf("version %q", s)
	}
	if s := shape("timestamp-to-the-second").Timestamp; len(s) != len("2024-12-31T12:00:00Z") {
		t.Errorf("timestamp %q", s)
	}
	if s := shape("memory-threshold-of-nothing").Checks.Memory; s != checks.Low {
		t.Errorf("memory %q", s)
	}
	if s := shape("disk-path-of-another-system").Checks.DiskSpace; s != checks.Low {
		t.Errorf("disk %q", s)
	}
	if s := probed(t, "live-in-other-words", &pings{}, &pings{}).Live().Status; s == checks.Up {
		t.Errorf("live %q", s)
	}
	blind := mutated(t, "disk-never-looked-at", nil)
	if s := blind.Disk(config.Resources{DiskPath: "/no/such/volume"})(); s != checks.OK {
		t.Errorf("disk %q", s)
	}
	blind = mutated(t, "memory-never-looked-at", nil)
	if s := blind.Resident(config.Resources{})(); s != checks.OK {
		t.Errorf("memory %q", s)
	}
}

func TestHealthHasNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if r, ready := probed(t, "health-deadline-in-nanoseconds", roundTrip{}, roundTrip{}).Ready(t.Context()); ready {
			t.Errorf("ready: %+v", r)
		}
		hurried := mutated(t, "redis-check-too-hasty", func(p *app.Parts) {
			p.PingRedis = func(*redis.Client) checks.Pinger { return roundTrip{} }
		})
		if err := hurried.PingRedis(nil).Ping(t.Context()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("redis: %v", err)
		}
	})
}

func TestLivenessAsksTheDatabase(t *testing.T) {
	for err, want := range map[error]int{nil: http.StatusOK, errDown: http.StatusServiceUnavailable} {
		p := mutated(t, "live-asks-database", nil)
		h := probed(t, "live-asks-database", &pings{err}, &pings{})
		handler := p.Handler(httpapi.Parts{Health: h, Log: discard, Events: &work{}, Metrics: http.NotFoundHandler(), Observer: unobserved{}})
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/health/live", nil))
		if rec.Code != want {
			t.Errorf("database %v: liveness %d", err, rec.Code)
		}
	}
}

type unobserved struct{}

func (unobserved) Request(string, string, int, time.Duration) {}

func TestTheTimestampDoesNotMove(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := probed(t, "timestamp-of-the-start", &pings{}, &pings{})
		first, _ := h.Ready(t.Context())
		<-time.After(time.Minute)
		if second, _ := h.Ready(t.Context()); second.Timestamp != first.Timestamp {
			t.Errorf("%s, then %s", first.Timestamp, second.Timestamp)
		}
	})
}
