package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/metrics"
	"github.com/runproof/runproof/cmd/event-service/internal/solana"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// service is everything put together, not yet listening.
type service struct {
	config   config.Config
	log      *slog.Logger
	health   Health
	fallback *venue.Switch
	server   *http.Server
	stop     func(context.Context, Stoppable) error
	close    []func()

	metrics *metrics.Metrics
	checks  map[string]func() health.Dependency
}

// build puts the parts together. It asks no dependency for anything: the
// service starts, and says what is missing, whatever is down.
func (p Parts) build(c config.Config, log *slog.Logger) (*service, error) {
	// Runbook: Health Checks: probes are answered seconds after the start.
	s := &service{
		config: c, log: log, stop: p.Stop, fallback: &venue.Switch{},
		metrics: metrics.New(), checks: map[string]func() health.Dependency{},
	}
	s.fallback.Set(c.Venue.Fallback)
	known, closeKeys, err := p.Keys(c.JWT, log)
	if err != nil {
		return nil, err
	}
	s.close = append(s.close, closeKeys)
	traced, err := p.Tracing(c, log)
	if err != nil {
		return nil, err
	}
	// Early in the shutdown: it is bounded by itself, and a database that
	// hangs does not cost the traces that would show it.
	s.close = append(s.close, traced.Close)
	world := events.World{
		Venues: p.venueClient(s),
		Notary: p.notary(s),
		Now:    time.Now,
	}
	sources := health.Sources{
		Memory:       p.Resident(c.Resources),
		Disk:         p.Disk(c.Resources),
		Dependencies: s.checks,
	}
	if err := p.addDatabase(s, &world, &sources); err != nil {
		return nil, err
	}
	limiter, err := p.addRedis(s, &world, &sources)
	if err != nil {
		return nil, err
	}
	s.health = p.Health(c, sources, log)
	s.server = p.Server(c, traced.Handler(p.Handler(httpapi.Parts{
		Events:   p.Events(world),
		Tokens:   p.Tokens(known, c.JWT),
		Health:   s.health,
		Limiter:  limiter,
		Log:      log,
		Timeout:  c.Timeouts.Request,
		MaxBody:  httpapi.MaxBody,
		Metrics:  s.exposed(),
		Observer: s.metrics,
	})), log)
	return s, nil
}

// addDatabase makes the pool of the requests and the one of health.
func (p Parts) addDatabase(s *service, world *events.World, sources *health.Sources) error {
	c := s.config
	settings := store.PoolSettings{
		URL: c.DatabaseURL, Size: c.Database.PoolMax, ConnectTimeout: c.Database.ConnectTimeout,
		StatementTimeout: c.Database.StatementTimeout, IdleInTxTimeout: c.Database.IdleInTxTimeout,
		SlowQuery: c.Database.SlowQuery, Log: s.log,
	}
	pool, err := p.Pool(settings)
	if err != nil {
		return err
	}
	s.close = append(s.close, pool.Close)
	settings.Size = store.PingConnections
	pings, err := p.Pool(settings)
	if err != nil {
		return err
	}
	s.close = append(s.close, pings.Close)

	db := store.New(pool, p.PoolLimiter(c.Database), p.Tenant(s.log))
	world.Repository = p.Repository(db)
	sources.Database = p.PingStore(pings)
	sources.Pool = db.State
	for name, read := range map[string]func(store.PoolState) int{
		"in_use":  func(p store.PoolState) int { return p.InUse },
		"waiting": func(p store.PoolState) int { return p.Waiting },
		"idle":    func(p store.PoolState) int { return p.Idle },
		"max":     func(p store.PoolState) int { return p.Max },
	} {
		s.metrics.Gauge("db_pool_connections", "Connections and requests at the database pool.",
			map[string]string{"state": name}, func() float64 { return float64(read(db.State())) })
	}
	return nil
}

// addRedis makes everything that Redis remembers for us. It comes after the
// database, since it reads from there what it does not have.
func (p Parts) addRedis(s *service, world *events.World, sources *health.Sources) (httpapi.Limiter, error) {
	client, err := p.Redis(s.config.RedisURL)
	if err != nil {
		return nil, fmt.Errorf("redis: %w", err)
	}
	s.close = append(s.close, func() { _ = client.Close() })
	gate := p.Gate(s.log)
	world.Reader = p.Reader(s.config, ReaderParts{
		Source: world.Repository, Memory: p.Memory(s.config, client, gate), Keys: p.CacheKeys(),
		Observer: s.metrics, Log: s.log,
	})
	world.Records = p.Records(client, gate)
	sources.Redis = p.PingRedis(client)
	return p.Limiter(s.config, client, gate), nil
}

// circuits are the values of the breaker's metric.
var circuits = map[breaker.Circuit]float64{breaker.Closed: 0, breaker.HalfOpen: 1, breaker.Open: 2}

// venueClient makes the venue-service's client: call, breaker, fallback.
func (p Parts) venueClient(s *service) events.Venues {
	guard := p.Breaker(breaker.Settings{
		Name: venue.Dependency, Failures: s.config.Venue.Failures, OpenFor: s.config.Venue.OpenFor,
		Succeeded: venue.Answered, Log: s.log,
	})
	client := p.Venues(s.config, guard)
	if c, ok := client.(interface{ Close() }); ok {
		s.close = append(s.close, c.Close)
	}
	s.checks[venue.Dependency] = health.Guarded(guard.Stats, s.fallback.On)
	s.metrics.Gauge("circuit_breaker_state", "0 closed, 1 half-open, 2 open.",
		map[string]string{"dependency": venue.Dependency}, func() float64 { return circuits[guard.Stats().Circuit] })
	return p.Fallback(client, s.fallback, s.log)
}

// notary tells a Solana node of publications, where there is one.
func (p Parts) notary(s *service) events.Notary {
	if s.config.SolanaURL == "" {
		return solana.None{}
	}
	n := p.Notary(s.config.SolanaURL, s.log)
	s.close = append(s.close, n.Close)
	s.checks[solana.Dependency] = health.BestEffort(n.Healthy)
	return n
}
