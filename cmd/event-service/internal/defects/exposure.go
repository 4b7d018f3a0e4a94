package defects

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func exposureDefects() []Defect {
	exposing := func(tell func(error) string) func(p *app.Parts) {
		return func(p *app.Parts) {
			aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return talkative{e, tell} })
		}
	}
	return []Defect{
		{
			Name: "stack-trace-in-answer", Breaks: "contract.problem.no-internals", Latent: true,
			Sees:   "While the database is down every caller is shown the service's stack.",
			Parts:  []string{"Events"},
			mutate: exposing(func(err error) string { return fmt.Sprintf("%v\n%s", err, debug.Stack()) }),
		},
		{
			Name: "driver-error-in-answer", Breaks: "contract.problem.no-internals", Latent: true,
			Sees:   "While the database is down every caller is shown its address, user and name.",
			Parts:  []string{"Events"},
			mutate: exposing(error.Error),
		},
	}
}

// talkative tells the caller of a failed dependency all there is to tell.
type talkative struct {
	httpapi.Events
	tell func(error) string
}

func (t talkative) notified(err error) error {
	var gone *events.Unavailable
	var late *events.TimedOut
	switch {
	case errors.As(err, &gone):
		return &httpapi.Problem{Status: http.StatusServiceUnavailable, Detail: t.tell(err)}
	case errors.As(err, &late):
		return &httpapi.Problem{Status: http.StatusGatewayTimeout, Detail: t.tell(err)}
	}
	return err
}

func (t talkative) Create(ctx context.Context, tenant tenancy.ID, d events.Details, key events.Key) (events.Event, bool, error) {
	e, replayed, err := t.Events.Create(ctx, tenant, d, key)
	return e, replayed, t.notified(err)
}

func (t talkative) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	e, err := t.Events.Get(ctx, tenant, id)
	return e, t.notified(err)
}

func (t talkative) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	p, err := t.Events.List(ctx, tenant, f)
	return p, t.notified(err)
}
