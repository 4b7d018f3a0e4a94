package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// service is everything put together, not yet listening.
type service struct {
	config config.Config
	log    *slog.Logger
	health Health
	server *http.Server
	stop   func(context.Context, Stoppable) error
	close  []func()
}

// build puts the parts together. It asks no dependency for anything: the
// service starts, and says what is missing, whatever is down.
func (p Parts) build(c config.Config, log *slog.Logger) (*service, error) {
	s := &service{config: c, log: log, stop: p.Stop}
	known, err := p.Keys(c.JWT, log)
	if err != nil {
		return nil, err
	}
	pool, err := p.Pool(c.DatabaseURL, c.Database.PoolMax, c.Database.ConnectTimeout)
	if err != nil {
		return nil, err
	}
	db := store.New(pool, p.Slots(c.Database), p.Tenant(log))
	s.close = append(s.close, db.Close)
	pingPool, err := p.Pool(c.DatabaseURL, store.PingConnections, c.Database.ConnectTimeout)
	if err != nil {
		return nil, err
	}
	pinger := store.NewPinger(pingPool)
	s.close = append(s.close, pinger.Close)
	redis, err := p.Redis(c.RedisURL)
	if err != nil {
		return nil, fmt.Errorf("redis: %w", err)
	}
	s.close = append(s.close, func() { _ = redis.Close() })

	guard := p.Breaker(breaker.Settings{
		Name: venue.Dependency, Failures: c.Venue.Failures, OpenFor: c.Venue.OpenFor,
		Succeeded: venue.Answered, Log: log,
	})
	venues := p.Venues(c.VenueURL, c.Venue.Timeout, guard)

	s.health = p.Health(c, health.Sources{
		Database: pinger,
		Redis:    cache.Ping{Client: redis},
		Memory:   p.Memory(c.Resources),
		Disk:     p.Disk(c.Resources),
		Pool:     db.State,
		Breakers: map[string]func() breaker.Stats{venue.Dependency: guard.Stats},
	}, log)
	s.server = p.Server(c, p.Handler(httpapi.Parts{
		Events:  events.NewService(p.Repository(db), venues, time.Now),
		Tokens:  p.Tokens(known, c.JWT),
		Health:  s.health,
		Log:     log,
		Timeout: c.Timeouts.Request,
	}), log)
	return s, nil
}
