package defects

import (
	"context"
	"math"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

func limitDefects() []Defect {
	return []Defect{
		{
			Name: "body-unbounded", Breaks: "contract.limits.body",
			Sees:   "One caller with a body of some gigabytes takes the memory of all.",
			Parts:  []string{"Handler"},
			mutate: func(p *app.Parts) { withHandlerParts(p, func(h *httpapi.Parts) { h.MaxBody = math.MaxInt64 }) },
		},
		{
			Name: "pool-wait-unbounded", Breaks: "contract.limits.pool", Latent: true,
			Sees:  "When every connection is taken requests wait without an answer, and pile up.",
			Parts: []string{"PoolLimiter"},
			mutate: func(p *app.Parts) {
				honest := p.PoolLimiter
				p.PoolLimiter = func(c config.Database) store.Limiter {
					c.AcquireTimeout = forever
					return patient{honest(c)}
				}
			},
		},
		{
			Name: "venue-asked-with-connection", Breaks: "contract.limits.venue-no-slots", Latent: true,
			Sees:   "A slow venue-service uses the database pool up, and reads fail that need no venue.",
			Parts:  []string{"PoolLimiter", "Venues"},
			mutate: venueWithConnection,
		},
	}
}

// patient waits for a connection whatever becomes of the request.
type patient struct{ store.Limiter }

func (w patient) Acquire(ctx context.Context) (func(), error) {
	return w.Limiter.Acquire(context.WithoutCancel(ctx))
}

// venueWithConnection holds a place at the pool while it asks about a venue.
func venueWithConnection(p *app.Parts) {
	var limiter store.Limiter
	honestLimiter, honestVenues := p.PoolLimiter, p.Venues
	p.PoolLimiter = func(c config.Database) store.Limiter {
		limiter = honestLimiter(c)
		return limiter
	}
	p.Venues = func(c config.Config, g venue.Guard) events.Venues {
		return occupying{honestVenues(c, g), func() store.Limiter { return limiter }}
	}
}

type occupying struct {
	events.Venues
	limiter func() store.Limiter
}

func (o occupying) Check(ctx context.Context, tenant tenancy.ID, id string) error {
	release, err := o.limiter().Acquire(ctx)
	if err != nil {
		return &events.Unavailable{Dependency: "database", Err: err}
	}
	defer release()
	return o.Venues.Check(ctx, tenant, id)
}
