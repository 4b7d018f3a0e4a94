package defects

import (
	"context"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func doubleDefects() []Defect {
	return []Defect{
		{
			Name: "key-in-redis-alone", Breaks: "contract.write.once",
			Sees:  "After Redis was lost or cleared, or at the same moment, a create that is repeated with its key makes a second event.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return keyless{r} })
			},
		},
		{
			Name: "key-not-read", Breaks: "contract.write.once",
			Sees:  "A create that is repeated with its key makes a second event.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return keyblind{e} })
			},
		},
		{
			Name: "insert-tried-again", Breaks: "contract.write.once", Latent: true,
			Sees:  "When the database is slow or its connection dies at commit, one create leaves two events.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return repeating{r} })
			},
		},
	}
}

// keyless stores no key with an event.
type keyless struct{ events.Repository }

func (k keyless) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, _ events.Key) (events.Event, bool, error) {
	return k.Repository.Insert(ctx, tenant, e, events.Key{})
}

func (keyless) Replay(context.Context, tenancy.ID, events.Key) (events.Event, bool, error) {
	return events.Event{}, false, nil
}

// keyblind drops the key that a create came with.
type keyblind struct{ httpapi.Events }

func (k keyblind) Create(ctx context.Context, tenant tenancy.ID, d events.Details, _ events.Key) (events.Event, bool, error) {
	return k.Events.Create(ctx, tenant, d, events.Key{})
}

// repeating tries an insert again that may have taken effect, as another event.
type repeating struct{ events.Repository }

func (r repeating) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	stored, replayed, err := r.Repository.Insert(ctx, tenant, e, key)
	if !undecided(err) {
		return stored, replayed, err
	}
	e.ID = uuid.Must(uuid.NewV7())
	again, cancel := context.WithTimeout(context.WithoutCancel(ctx), shortWhile)
	defer cancel()
	if stored, _, second := r.Repository.Insert(again, tenant, e, events.Key{}); second == nil {
		return stored, false, nil
	}
	return stored, replayed, err
}
