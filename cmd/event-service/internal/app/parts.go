package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/migrations"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// Parts makes each mechanism of the service. A variant of the service is this
// struct with one of its functions replaced, or wrapped; nothing else in the
// service knows that there could be variants.
type Parts struct {
	Config func(getenv func(string) string) (config.Config, error)
	Logger func(w io.Writer, level slog.Level) *slog.Logger
	// Tracing is nil when no collector is named.
	Tracing func(c config.Config, log *slog.Logger) (*tracing.Tracing, error)

	Keys   func(c config.JWT, log *slog.Logger) (keys auth.Keys, done func(), err error)
	Tokens func(keys auth.Keys, c config.JWT) httpapi.Tokens

	Pool        func(s store.PoolSettings) (*pgxpool.Pool, error)
	PoolLimiter func(c config.Database) store.Limiter
	Tenant      func(log *slog.Logger) tenancy.Context
	Repository  func(db *store.Database) events.Repository
	PingStore   func(pool *pgxpool.Pool) health.Pinger

	Redis     func(url string) (*redis.Client, error)
	Gate      func(log *slog.Logger) *cache.Gate
	CacheKeys func() cache.Keys
	Memory    func(c config.Config, client redis.Cmdable, gate *cache.Gate) cache.Memory
	Reader    func(c config.Config, p ReaderParts) events.Reader
	Records   func(client redis.Cmdable, gate *cache.Gate) events.Records
	Limiter   func(c config.Config, client redis.Cmdable, gate *cache.Gate) httpapi.Limiter
	PingRedis func(client *redis.Client) health.Pinger

	Breaker  func(s breaker.Settings) Breaker
	Venues   func(c config.Config, guard venue.Guard) events.Venues
	Fallback func(v events.Venues, s *venue.Switch, log *slog.Logger) events.Venues
	Notary   func(url string, log *slog.Logger) Notary
	Events   func(w events.World) httpapi.Events

	Resident func(c config.Resources) func() string
	Disk     func(c config.Resources) func() string
	Health   func(c config.Config, s health.Sources, log *slog.Logger) Health
	Handler  func(p httpapi.Parts) http.Handler
	Server   func(c config.Config, h http.Handler, log *slog.Logger) *http.Server
	Stop     func(ctx context.Context, s Stoppable) error

	Migrate func(ctx context.Context, url, role string, to migrations.Direction, log *slog.Logger) error
}

// ReaderParts is what a reader of events reads from and through.
type ReaderParts struct {
	Source   cache.Source
	Memory   cache.Memory
	Keys     cache.Keys
	Observer cache.Observer
	Log      *slog.Logger
}

// Breaker is a guard that shows its state.
type Breaker interface {
	venue.Guard
	Stats() breaker.Stats
}

// Notary is an events.Notary that has an end.
type Notary interface {
	events.Notary
	Healthy() bool
	Close()
}

// Health is what answers the probes and can be told that the end is near.
type Health interface {
	httpapi.Health
	Drain()
}
