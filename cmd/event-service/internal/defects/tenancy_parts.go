package defects

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/singleflight"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/migrations"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// forSession sets the tenant where none is set yet, and for good.
type forSession struct{ log *slog.Logger }

func (s forSession) Set(ctx context.Context, tx pgx.Tx, tenant tenancy.ID) error {
	if tenant == "" {
		return tenancy.ErrRequired
	}
	s.log.InfoContext(ctx, "Setting tenant context", "app.tenant_id", string(tenant))
	const set = `SELECT CASE WHEN coalesce(current_setting('app.tenant_id', true), '') = ''
		THEN set_config('app.tenant_id', $1, false) END`
	if _, err := tx.Exec(ctx, set, string(tenant)); err != nil {
		return fmt.Errorf("set app.tenant_id: %w", err)
	}
	return nil
}

// migrating adds a statement to the migrations, in which $ROLE is the service's
// role. It runs each time, as a script beside the migrations would.
func migrating(statement string) func(p *app.Parts) {
	return func(p *app.Parts) {
		honest := p.Migrate
		p.Migrate = func(ctx context.Context, url, role string, to migrations.Direction, log *slog.Logger) error {
			if err := honest(ctx, url, role, to, log); err != nil || to != migrations.Up {
				return err
			}
			conn, err := pgx.Connect(ctx, url)
			if err != nil {
				return fmt.Errorf("migrate: %w", err)
			}
			defer func() { _ = conn.Close(ctx) }()
			text := strings.ReplaceAll(statement, "$ROLE", pgx.Identifier{role}.Sanitize())
			if _, err := conn.Exec(ctx, text); err != nil {
				return fmt.Errorf("migrate: %w", err)
			}
			return nil
		}
	}
}

type saidKey struct{}

func withSaid(ctx context.Context, tenant string) context.Context {
	return context.WithValue(ctx, saidKey{}, tenant)
}

// obedient believes what the caller says about itself.
type obedient struct{ httpapi.Tokens }

func (o obedient) Verify(ctx context.Context, token string) (auth.Identity, error) {
	id, err := o.Tokens.Verify(ctx, token)
	if said, ok := ctx.Value(saidKey{}).(string); ok && err == nil {
		id.Tenant = said
	}
	return id, err
}

// generous has a tenant for everybody.
type generous struct{ httpapi.Tokens }

func (g generous) Verify(ctx context.Context, token string) (auth.Identity, error) {
	id, err := g.Tokens.Verify(ctx, token)
	if err == nil && id.Tenant == "" {
		id.Tenant = "default"
	}
	return id, err
}

// revealing keeps an index of the events that were shown, of all tenants, and
// has an opinion on who may ask for what is in it.
type revealing struct {
	events.Reader
	index cache.Memory
}

func (r revealing) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	key := "event-service:owner:" + id.String()
	e, err := r.Reader.Get(ctx, tenant, id)
	switch {
	case err == nil:
		r.index.Fill(ctx, key, []byte(tenant))
	case errors.Is(err, events.ErrNotFound):
		if owner := r.index.Get(ctx, key); owner != nil && string(owner) != string(tenant) {
			return e, &httpapi.Problem{Status: http.StatusForbidden, Detail: "the event is another tenant's"}
		}
	}
	return e, err
}

// carpool lets equal lists share one query, whoever asks.
type carpool struct {
	events.Reader
	inFlight singleflight.Group
}

func (c *carpool) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	v, err, _ := c.inFlight.Do(fmt.Sprint(f), func() (any, error) { return c.Reader.List(ctx, tenant, f) })
	page, _ := v.(events.Page)
	return page, err
}

// keyring remembers what was made under a key, whoever sent it.
type keyring struct {
	events.Records

	mu   sync.Mutex
	kept map[string]events.Event
}

func (k *keyring) Recall(ctx context.Context, tenant tenancy.ID, key events.Key) (events.Event, bool, error) {
	e, found, err := k.Records.Recall(ctx, tenant, key)
	if found || err != nil {
		return e, found, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	e, found = k.kept[key.Value]
	return e, found, nil
}

func (k *keyring) Remember(ctx context.Context, tenant tenancy.ID, key events.Key, e events.Event) {
	k.Records.Remember(ctx, tenant, key, e)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept[key.Value] = e
}

// countOfAll shows with each list how many events there are, by a counter
// that knows no tenants.
func countOfAll(p *app.Parts) {
	var total atomic.Int64
	aroundHandler(p, func(honest http.Handler, _ httpapi.Parts) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			honest.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), writerKey{}, w)))
		})
	})
	aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return counting{e, &total} })
}

type counting struct {
	httpapi.Events
	total *atomic.Int64
}

func (c counting) Create(ctx context.Context, tenant tenancy.ID, d events.Details, key events.Key) (events.Event, bool, error) {
	e, replayed, err := c.Events.Create(ctx, tenant, d, key)
	if err == nil && !replayed {
		c.total.Add(1)
	}
	return e, replayed, err
}

func (c counting) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	page, err := c.Events.List(ctx, tenant, f)
	if w, ok := ctx.Value(writerKey{}).(http.ResponseWriter); ok && err == nil {
		w.Header().Set("X-Total-Count", strconv.FormatInt(c.total.Load(), 10))
	}
	return page, err
}
