package defects

import (
	"log/slog"
	"net/http"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	checks "github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

// The functions of this file replace a part by one around the honest part.

func aroundRepository(p *app.Parts, wrap func(events.Repository) events.Repository) {
	honest := p.Repository
	p.Repository = func(db *store.Database) events.Repository { return wrap(honest(db)) }
}

func aroundMemory(p *app.Parts, wrap func(honest func() cache.Memory) cache.Memory) {
	honest := p.Memory
	p.Memory = func(c config.Config, r redis.Cmdable, g *cache.Gate) cache.Memory {
		return wrap(func() cache.Memory { return honest(c, r, g) })
	}
}

func aroundReader(p *app.Parts, wrap func(events.Reader, app.ReaderParts) events.Reader) {
	honest := p.Reader
	p.Reader = func(c config.Config, r app.ReaderParts) events.Reader { return wrap(honest(c, r), r) }
}

func aroundEvents(p *app.Parts, wrap func(httpapi.Events, events.World) httpapi.Events) {
	honest := p.Events
	p.Events = func(w events.World) httpapi.Events { return wrap(honest(w), w) }
}

func aroundHealth(p *app.Parts, wrap func(app.Health) app.Health) {
	honest := p.Health
	p.Health = func(c config.Config, s checks.Sources, log *slog.Logger) app.Health { return wrap(honest(c, s, log)) }
}

func aroundHandler(p *app.Parts, wrap func(http.Handler, httpapi.Parts) http.Handler) {
	honest := p.Handler
	p.Handler = func(parts httpapi.Parts) http.Handler { return wrap(honest(parts), parts) }
}

// withHandlerParts makes the honest handler of other parts.
func withHandlerParts(p *app.Parts, change func(*httpapi.Parts)) {
	honest := p.Handler
	p.Handler = func(parts httpapi.Parts) http.Handler {
		change(&parts)
		return honest(parts)
	}
}

// withBreaker makes the honest breaker of other settings.
func withBreaker(p *app.Parts, change func(*breaker.Settings)) {
	honest := p.Breaker
	p.Breaker = func(s breaker.Settings) app.Breaker {
		change(&s)
		return honest(s)
	}
}

// withRules makes the honest verifier of other rules.
func withRules(p *app.Parts, change func(*config.JWT)) {
	honest := p.Tokens
	p.Tokens = func(k auth.Keys, c config.JWT) httpapi.Tokens {
		change(&c)
		return honest(k, c)
	}
}

func aroundTokens(p *app.Parts, wrap func(httpapi.Tokens) httpapi.Tokens) {
	honest := p.Tokens
	p.Tokens = func(k auth.Keys, c config.JWT) httpapi.Tokens { return wrap(honest(k, c)) }
}

// keepingRedis gives a defect the service's own client, which is made before
// anything that uses it.
func keepingRedis(p *app.Parts) func() redis.Cmdable {
	var kept *redis.Client
	honest := p.Redis
	p.Redis = func(url string) (*redis.Client, error) {
		c, err := honest(url)
		kept = c
		return c, err
	}
	return func() redis.Cmdable { return kept }
}
