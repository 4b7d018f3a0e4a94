package venue

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/logging"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// Switch is the runbook's "circuit breaker fallback" ("Step 3: Mitigate"),
// which the operator turns on and off while the service runs.
type Switch struct{ on atomic.Bool }

// Set turns the fallback on or off.
func (s *Switch) Set(on bool) { s.on.Store(on) }

// On tells whether it is on.
func (s *Switch) On() bool { return s.on.Load() }

// Fallback accepts a venue that nobody can be asked about while the switch is
// on. A venue that the venue-service has refused stays refused.
type Fallback struct {
	Venues events.Venues
	Switch *Switch
	Log    *slog.Logger
}

// Check implements events.Venues.
func (f Fallback) Check(ctx context.Context, tenant tenancy.ID, id string) error {
	// Runbook: Incident Response Steps: circuit breaker fallbacks can be enabled.
	err := f.Venues.Check(ctx, tenant, id)
	var unavailable *events.Unavailable
	if !f.Switch.On() || !errors.As(err, &unavailable) {
		return err
	}
	f.Log.WarnContext(ctx, "Fallback: going on without venue validation", "venue_id", id, logging.Error(err))
	return &events.Unverified{Err: err}
}
