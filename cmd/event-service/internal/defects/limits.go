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
			Sees:  "One caller with a body of some gigabytes takes the memory of all.",
			Parts: []string{"Handler"},
			spoil: func(p *app.Parts) { withHandlerParts(p, func(h *httpapi.Parts) { h.MaxBody = math.MaxInt64 }) },
		},
		{
			Name: "pool-wait-unbounded", Breaks: "contract.limits.pool", Quiet: true,
			Sees:  "When every connection is taken requests wait without an answer, and pile up.",
			Parts: []string{"Slots"},
			spoil: func(p *app.Parts) {
				honest := p.Slots
				p.Slots = func(c config.Database) store.Slots {
					c.AcquireTimeout = forever
					return patient{honest(c)}
				}
			},
		},
		{
			Name: "venue-asked-with-connection", Breaks: "contract.limits.venue-no-slots", Quiet: true,
			Sees:  "A slow venue-service uses the database pool up, and reads fail that need no venue.",
			Parts: []string{"Slots", "Venues"},
			spoil: venueWithConnection,
		},
	}
}

// patient waits for a connection whatever becomes of the request.
type patient struct{ store.Slots }

func (w patient) Take(ctx context.Context) (func(), error) {
	return w.Slots.Take(context.WithoutCancel(ctx))
}

// venueWithConnection holds a place at the pool while it asks about a venue.
func venueWithConnection(p *app.Parts) {
	var slots store.Slots
	honestSlots, honestVenues := p.Slots, p.Venues
	p.Slots = func(c config.Database) store.Slots {
		slots = honestSlots(c)
		return slots
	}
	p.Venues = func(c config.Config, g venue.Guard) events.Venues {
		return occupying{honestVenues(c, g), func() store.Slots { return slots }}
	}
}

type occupying struct {
	events.Venues
	slots func() store.Slots
}

func (o occupying) Check(ctx context.Context, tenant tenancy.ID, id string) error {
	give, err := o.slots().Take(ctx)
	if err != nil {
		return &events.Unavailable{Dependency: "database", Err: err}
	}
	defer give()
	return o.Venues.Check(ctx, tenant, id)
}
