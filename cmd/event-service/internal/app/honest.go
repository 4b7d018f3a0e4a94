package app

import (
	"log/slog"
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
	"github.com/runproof/runproof/cmd/event-service/internal/migrations"
	"github.com/runproof/runproof/cmd/event-service/internal/solana"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/tracing"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

// Honest is the service as it is meant to be.
func Honest() Parts {
	return Parts{
		Config:  config.Load,
		Logger:  logging.New,
		Tracing: traces,

		Keys:   keys,
		Tokens: tokens,

		Pool:        store.NewPool,
		PoolLimiter: func(c config.Database) store.Limiter { return store.NewSemaphore(c.PoolMax, c.AcquireTimeout) },
		Tenant:      func(log *slog.Logger) tenancy.Context { return tenancy.Local{Log: log} },
		Repository:  func(db *store.Database) events.Repository { return db },
		PingStore:   func(pool *pgxpool.Pool) health.Pinger { return store.NewPinger(pool) },

		Redis:     cache.NewClient,
		Gate:      func(log *slog.Logger) *cache.Gate { return cache.NewGate(log, time.Now) },
		CacheKeys: func() cache.Keys { return cache.RunbookKeys{} },
		Memory:    memory,
		Reader:    reader,
		Records:   func(r redis.Cmdable, g *cache.Gate) events.Records { return cache.NewRecords(r, g) },
		Limiter: func(c config.Config, r redis.Cmdable, g *cache.Gate) httpapi.Limiter {
			return cache.NewLimiter(r, g, c.RateLimit, time.Now)
		},
		PingRedis: func(r *redis.Client) health.Pinger { return cache.Ping{Client: r} },

		Breaker: func(s breaker.Settings) Breaker { return breaker.New(s) },
		Venues: func(c config.Config, g venue.Guard) events.Venues {
			return venue.NewClient(c.VenueURL, c.Venue.Timeout, g)
		},
		Fallback: func(v events.Venues, s *venue.Switch, log *slog.Logger) events.Venues {
			return venue.Fallback{Venues: v, Switch: s, Log: log}
		},
		Notary: func(url string, log *slog.Logger) Notary { return solana.NewNotary(url, log) },
		Events: func(w events.World) httpapi.Events { return events.NewService(w) },

		Resident: func(c config.Resources) func() string { return health.Memory(c.MemoryPercent) },
		Disk:     func(c config.Resources) func() string { return health.Disk(c.DiskPath, c.DiskMinFree) },
		Health: func(c config.Config, s health.Sources, log *slog.Logger) Health {
			return health.NewChecker(config.Service, config.Version, c.Timeouts.Health, s, log)
		},
		Handler: httpapi.New,
		Server:  server,
		Stop:    stop,

		Migrate: migrations.Run,
	}
}

func traces(c config.Config, log *slog.Logger) (*tracing.Tracing, error) {
	return tracing.Start(tracing.Settings{
		URL: c.TracesURL, Service: config.Service, Version: config.Version, Environment: c.Environment,
	}, log)
}

// keys are those of the environment and, behind them, the published ones.
func keys(c config.JWT, log *slog.Logger) (auth.Keys, func(), error) {
	static, err := auth.NewStatic(c.Secret, c.PublicKey)
	if err != nil {
		return nil, nil, err
	}
	if c.JWKSURL != "" {
		published := auth.NewJWKS(c.JWKSURL, c.JWKSMaxAge, log, time.Now)
		return auth.Both{First: static, Second: published}, published.Close, nil
	}
	if static.Empty() {
		log.Warn("No key is configured: every token will be refused")
	}
	return static, func() {}, nil
}

func tokens(k auth.Keys, c config.JWT) httpapi.Tokens {
	return auth.NewVerifier(k, auth.Rules{Issuer: c.Issuer, Audience: c.Audience, Leeway: c.Leeway}, time.Now)
}

// memory outlives with its tombstones every read that may still fill it: a
// read of the source takes a request's deadline at most, and begins within
// another's.
func memory(c config.Config, client redis.Cmdable, gate *cache.Gate) cache.Memory {
	return cache.NewShared(client, gate, c.Cache.TTL, 2*c.Timeouts.Request)
}

func reader(c config.Config, p ReaderParts) events.Reader {
	if c.Cache.TTL == 0 {
		return cache.Direct{Source: p.Source}
	}
	return cache.NewReader(p.Source, p.Memory, p.Keys, p.Observer, c.Timeouts.Request, p.Log)
}
