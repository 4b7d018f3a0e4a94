package defects

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// errGivenUp is what the address is said to be that is never tried again.
var errGivenUp = errors.New("address was given up after an outage")

// halved takes turns between two addresses of the database. After an outage one
// of them is down for ever, and has its turns nevertheless.
type halved struct {
	events.Repository
	lost *atomic.Bool
	turn *atomic.Int64
}

func byHalves(r events.Repository) events.Repository {
	return halved{r, new(atomic.Bool), new(atomic.Int64)}
}

func (h halved) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	if err := h.address(); err != nil {
		return events.Event{}, false, err
	}
	e, replayed, err := h.Repository.Insert(ctx, tenant, e, key)
	return e, replayed, h.noted(err)
}

func (h halved) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if err := h.address(); err != nil {
		return events.Page{}, err
	}
	p, err := h.Repository.List(ctx, tenant, f)
	return p, h.noted(err)
}

// address is the next one, or the error of the one that was given up.
func (h halved) address() error {
	if h.turn.Add(1)%2 == 0 && h.lost.Load() {
		return &events.Unavailable{Dependency: "database", Err: errGivenUp}
	}
	return nil
}

func (h halved) noted(err error) error {
	var gone *events.Unavailable
	if errors.As(err, &gone) {
		h.lost.Store(true)
	}
	return err
}
