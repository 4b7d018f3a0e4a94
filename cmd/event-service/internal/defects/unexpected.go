package defects

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
	"github.com/runproof/runproof/cmd/event-service/internal/venue"
)

func unexpectedDefects() []Defect {
	return []Defect{
		{
			Name: "refused-write-retried", Breaks: "contract.write.refused", Latent: true,
			Sees:  "Creates that were answered 503 appear when the database is back, beside those that the callers repeated.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return stubborn{r} })
			},
		},
		{
			Name: "change-tried-again", Breaks: "contract.write.refused", Latent: true,
			Sees:  "A change whose commit nobody answered is tried again, meets itself, and is reported as refused.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return persistent{r} })
			},
		},
		{
			Name: "stored-before-venue-check", Breaks: "contract.write.refused", Latent: true,
			Sees:   "Creates that were refused because of their venue are in the lists all the same.",
			Parts:  []string{"Venues", "Events"},
			mutate: storedBeforeCheck,
		},
	}
}

// stubborn goes on with a write that the caller was told is refused.
type stubborn struct{ events.Repository }

// The pace and the end of going on.
const (
	stubbornPause = time.Second
	stubbornTries = 120
)

func (s stubborn) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	stored, replayed, err := s.Repository.Insert(ctx, tenant, e, key)
	var gone *events.Unavailable
	if errors.As(err, &gone) {
		go s.insist(context.WithoutCancel(ctx), tenant, e)
	}
	return stored, replayed, err
}

func (s stubborn) insist(ctx context.Context, tenant tenancy.ID, e events.Event) {
	pause := time.NewTicker(stubbornPause)
	defer pause.Stop()
	for range stubbornTries {
		<-pause.C
		var gone *events.Unavailable
		if _, _, err := s.Repository.Insert(ctx, tenant, e, events.Key{}); !errors.As(err, &gone) {
			return
		}
	}
}

// persistent tries a change again that may have taken effect.
type persistent struct{ events.Repository }

func (p persistent) Change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, change func(events.Event) (events.Event, error)) (events.Event, error) {
	e, err := p.Repository.Change(ctx, tenant, id, change)
	if undecided(err) && ctx.Err() == nil {
		return p.Repository.Change(ctx, tenant, id, change)
	}
	return e, err
}

// storedBeforeCheck asks about the venue when the event is stored already.
func storedBeforeCheck(p *app.Parts) {
	var asked events.Venues
	honest := p.Venues
	p.Venues = func(c config.Config, g venue.Guard) events.Venues {
		asked = honest(c, g)
		return credulous{asked}
	}
	aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return hurried{e, asked} })
}

// credulous takes every venue for a good one.
type credulous struct{ events.Venues }

func (credulous) Check(context.Context, tenancy.ID, string) error { return nil }

type hurried struct {
	httpapi.Events
	venues events.Venues
}

func (h hurried) Create(ctx context.Context, tenant tenancy.ID, d events.Details, key events.Key) (events.Event, bool, error) {
	e, replayed, err := h.Events.Create(ctx, tenant, d, key)
	if err != nil || replayed {
		return e, replayed, err
	}
	err = h.venues.Check(ctx, tenant, d.VenueID)
	if errors.Is(err, events.ErrVenueUnknown) {
		err = &events.Invalid{Fields: []events.FieldError{{Field: "venue_id", Message: "no such venue"}}}
	}
	return e, false, err
}
