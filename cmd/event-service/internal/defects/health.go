package defects

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
)

func healthDefects() []Defect {
	return append([]Defect{
		{
			Name: "ready-without-database", Breaks: "database.symptom.health-failing", Latent: true,
			Sees:  "Readiness stays UP while Postgres is down, and Kubernetes goes on sending requests.",
			Parts: []string{"PingStore"},
			mutate: func(p *app.Parts) {
				p.PingStore = func(*pgxpool.Pool) checks.Pinger { return unasked{} }
			},
		},
		{
			Name: "database-check-from-pool", Breaks: "database.resolution.pool-status", Latent: true,
			Sees:   "Readiness fails, and .checks.database says UP all the same: the pool exists.",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return byPool{h} }) },
		},
		{
			Name: "live-asks-database", Breaks: "health.endpoints.live", Latent: true,
			Sees:   "Liveness fails with the database, and Kubernetes restarts every pod of a healthy service.",
			Parts:  []string{"Handler"},
			mutate: func(p *app.Parts) { aroundHandler(p, liveByReadiness) },
		},
		{
			Name: "health-kept-for-a-minute", Breaks: "database.symptom.health-failing", Latent: true,
			Sees:   "Readiness tells what was true up to a minute ago.",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return &remembering{Health: h} }) },
		},
		{
			Name: "redis-decides-readiness", Breaks: "contract.redis.optional", Latent: true,
			Sees:   "A lost Redis takes every replica out of the load balancer.",
			Parts:  []string{"Health"},
			mutate: func(p *app.Parts) { aroundHealth(p, func(h app.Health) app.Health { return needsRedis{h} }) },
		},
		{
			Name: "redis-check-too-hasty", Breaks: "health.manual.redis",
			Sees:  ".checks.redis is always DOWN: the check's deadline of 200 is read as nanoseconds.",
			Parts: []string{"PingRedis"},
			mutate: func(p *app.Parts) {
				honest := p.PingRedis
				p.PingRedis = func(c *redis.Client) checks.Pinger { return tooEarly{honest(c)} }
			},
		},
		{
			Name: "health-deadline-in-nanoseconds", Breaks: "health.endpoints.ready",
			Sees:  "The service never gets ready, and every check says DOWN.",
			Parts: []string{"Health"},
			mutate: func(p *app.Parts) {
				honest := p.Health
				p.Health = func(c config.Config, s checks.Sources, log *slog.Logger) app.Health {
					c.Timeouts.Health = time.Duration(c.Timeouts.Health.Milliseconds())
					return honest(c, s, log)
				}
			},
		},
	}, slices.Concat(resourceDefects(), shapeDefects(), probeDefects())...)
}

// unasked is a check that asks nobody.
type unasked struct{}

func (unasked) Ping(context.Context) error { return nil }

// byPool takes a pool that is there for a database that is.
type byPool struct{ app.Health }

func (h byPool) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if r.Checks.Pool.Max > 0 {
		r.Checks.Database = checks.Up
	}
	return r, ready
}

// liveByReadiness lets the liveness probe ask what the readiness probe asks.
func liveByReadiness(honest http.Handler, parts httpapi.Parts) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/health/live" {
			if _, ready := parts.Health.Ready(r.Context()); !ready {
				r = r.Clone(r.Context())
				r.URL.Path = "/health/ready"
			}
		}
		honest.ServeHTTP(w, r)
	})
}

// remembered is how long an answer of health is given again.
const remembered = time.Minute

// remembering spares the dependencies a check for each probe.
type remembering struct {
	app.Health

	mu     sync.Mutex
	at     time.Time
	report checks.Ready
	ready  bool
}

func (h *remembering) Ready(ctx context.Context) (checks.Ready, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ready && time.Since(h.at) < remembered {
		return h.report, h.ready
	}
	h.report, h.ready = h.Health.Ready(ctx)
	h.at = time.Now()
	return h.report, h.ready
}

// needsRedis makes Redis as necessary as Postgres.
type needsRedis struct{ app.Health }

func (h needsRedis) Ready(ctx context.Context) (checks.Ready, bool) {
	r, ready := h.Health.Ready(ctx)
	if r.Checks.Redis != checks.Up {
		r.Status, ready = checks.Down, false
	}
	return r, ready
}

// tooEarly gives a check no time.
type tooEarly struct{ checks.Pinger }

func (h tooEarly) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 200) // meant as milliseconds
	defer cancel()
	return h.Pinger.Ping(ctx)
}
