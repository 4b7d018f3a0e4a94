// Package httpapi is the service's HTTP side: routes, who may use them, how
// requests are read, and how every error becomes a problem document.
package httpapi

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/auth"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/health"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// Events is what can be done with events.
type Events interface {
	Create(ctx context.Context, tenant tenancy.ID, d events.Details, key events.Key) (e events.Event, replayed bool, err error)
	Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error)
	List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error)
	Update(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64, d events.Details) (events.Event, error)
	Publish(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (events.Event, error)
	Cancel(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (events.Event, error)
}

// Limiter says whether a tenant may ask once more.
type Limiter interface {
	Allow(ctx context.Context, tenant tenancy.ID) (allowed bool, retryAfter time.Duration)
}

// Tokens tells who calls.
type Tokens interface {
	Verify(ctx context.Context, token string) (auth.Identity, error)
}

// Health answers the probes.
type Health interface {
	Live() health.Live
	Ready(ctx context.Context) (health.Ready, bool)
}

// Parts is what the API is made of.
type Parts struct {
	Events  Events
	Tokens  Tokens
	Health  Health
	Limiter Limiter
	Log     *slog.Logger
	Timeout time.Duration // a request's whole deadline
	MaxBody int64         // bytes of a request's body

	Metrics  http.Handler // answers /metrics; nil where that has an address of its own
	Observer Observer
}

// Observer is told of every answer. The route is a pattern, not a path.
type Observer interface {
	Request(route, method string, status int, took time.Duration)
}

// api is the handlers' receiver.
type api struct{ Parts }

// handler is a request that is done for a known caller.
type handler func(w http.ResponseWriter, r *http.Request, c caller) error

// New makes the service's handler.
func New(p Parts) http.Handler {
	// Runbook: Incident Response Steps: /health/live and /health/ready answer on port 3003.
	a := &api{p}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health/live", a.live)
	mux.HandleFunc("GET /health/ready", a.ready)
	a.route(mux, "/api/v1/events", map[string]http.HandlerFunc{
		http.MethodGet:  a.reader(a.list),
		http.MethodPost: a.writer(a.create),
	})
	a.route(mux, "/api/v1/events/{id}", map[string]http.HandlerFunc{
		http.MethodGet: a.reader(a.get),
		http.MethodPut: a.writer(a.update),
	})
	a.route(mux, "/api/v1/events/{id}/publish", map[string]http.HandlerFunc{
		http.MethodPost: a.writer(transition(a.Events.Publish)),
	})
	a.route(mux, "/api/v1/events/{id}/cancel", map[string]http.HandlerFunc{
		http.MethodPost: a.writer(transition(a.Events.Cancel)),
	})
	a.route(mux, "/api/v1/venues/{id}/events", map[string]http.HandlerFunc{
		http.MethodGet: a.reader(a.listOfVenue),
	})
	mux.HandleFunc("GET /openapi.json", openAPI)
	reads := []string{"/health/live", "/health/ready", "/openapi.json"}
	if a.Metrics != nil {
		mux.Handle("GET /metrics", a.Metrics)
		reads = append(reads, "/metrics")
	}
	for _, path := range reads {
		refuseOthers(mux, path, "GET, HEAD")
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		problem(http.StatusNotFound, "no such path").write(w, r)
	})
	return scoped(a.logged(mux, a.recoverPanics(exact(mux))))
}

// live touches nothing: the process that answers is alive.
func (a *api) live(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, a.Health.Live())
}

func (a *api) ready(w http.ResponseWriter, r *http.Request) {
	report, ready := a.Health.Ready(r.Context())
	status := http.StatusOK
	if !ready {
		status = http.StatusServiceUnavailable
	}
	send(w, status, report)
}

// send writes one JSON document. A caller that is gone cannot be told.
func send(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
