package app

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// Parts makes each mechanism of the service. A variant of the service is this
// struct with one of its functions replaced, or wrapped; nothing else in the
// service knows that there could be variants.
type Parts struct {
	Config func(getenv func(string) string) (config.Config, error)
	Logger func(w io.Writer, level slog.Level) *slog.Logger

	Keys   func(c config.JWT, log *slog.Logger) (auth.Keys, error)
	Tokens func(keys auth.Keys, c config.JWT) httpapi.Tokens

	Pool       func(url string, size int, connectTimeout time.Duration) (*pgxpool.Pool, error)
	Slots      func(c config.Database) store.Slots
	Tenant     func(log *slog.Logger) tenancy.Context
	Repository func(db *store.Database) events.Repository
	Redis      func(url string) (*redis.Client, error)

	Breaker func(s breaker.Settings) Breaker
	Venues  func(base *url.URL, timeout time.Duration, guard venue.Guard) events.Venues

	Memory  func(c config.Resources) func() string
	Disk    func(c config.Resources) func() string
	Health  func(c config.Config, s health.Sources, log *slog.Logger) Health
	Handler func(p httpapi.Parts) http.Handler
	Server  func(c config.Config, h http.Handler, log *slog.Logger) *http.Server
	Stop    func(ctx context.Context, s Stoppable) error
}

// Breaker is a guard that shows its state.
type Breaker interface {
	venue.Guard
	Stats() breaker.Stats
}

// Health is what answers the probes and can be told that the end is near.
type Health interface {
	httpapi.Health
	Drain()
}

// Honest is the service as it is meant to be.
func Honest() Parts {
	return Parts{
		Config: config.Load,
		Logger: logging.New,
		Keys:   keys,
		Tokens: func(k auth.Keys, c config.JWT) httpapi.Tokens {
			return auth.NewVerifier(k, auth.Rules{Issuer: c.Issuer, Audience: c.Audience, Leeway: c.Leeway}, time.Now)
		},
		Pool:       store.NewPool,
		Slots:      func(c config.Database) store.Slots { return store.NewBounded(c.PoolMax, c.AcquireTimeout) },
		Tenant:     func(log *slog.Logger) tenancy.Context { return tenancy.Local{Log: log} },
		Repository: func(db *store.Database) events.Repository { return db },
		Redis:      cache.NewClient,
		Breaker:    func(s breaker.Settings) Breaker { return breaker.New(s) },
		Venues: func(base *url.URL, timeout time.Duration, guard venue.Guard) events.Venues {
			return venue.NewClient(base, timeout, guard)
		},
		Memory: func(c config.Resources) func() string { return health.Memory(c.MemoryPercent) },
		Disk:   func(c config.Resources) func() string { return health.Disk(c.DiskPath, c.DiskMinFree) },
		Health: func(c config.Config, s health.Sources, log *slog.Logger) Health {
			return health.NewChecker(config.Service, config.Version, c.Timeouts.Health, s, log)
		},
		Handler: httpapi.New,
		Server:  server,
		Stop:    stop,
	}
}

func keys(c config.JWT, log *slog.Logger) (auth.Keys, error) {
	k, err := auth.NewStatic(c.Secret, c.PublicKey)
	if err != nil {
		return nil, err
	}
	if k.Empty() {
		log.Warn("No key is configured: every token will be refused")
	}
	return k, nil
}
