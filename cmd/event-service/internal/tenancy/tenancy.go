// Package tenancy carries the tenant of a request down to row level security,
// the only guard between tenants: no query has a tenant filter of its own.
package tenancy

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"

	"github.com/jackc/pgx/v5"
)

// ID names a tenant. The zero value is no tenant and sees no row.
type ID string

// ErrRequired is the text that the runbook tells the operator to look for
// ("Event Creation Failures", step 3).
//
// Runbook: Event Creation Failures: "tenant_id is required" errors.
var ErrRequired = errors.New("tenant_id is required")

// pattern is what a tenant's name may be made of: it is shown in logs and
// becomes part of cache keys.
var pattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`)

// Parse checks a name. An empty one is ErrRequired.
func Parse(s string) (ID, error) {
	if s == "" {
		return "", ErrRequired
	}
	if !pattern.MatchString(s) {
		return "", fmt.Errorf("tenant_id: up to 128 letters, digits, dots, dashes and underscores expected")
	}
	return ID(s), nil
}

// Context puts a tenant in force for one transaction.
type Context interface {
	Set(ctx context.Context, tx pgx.Tx, tenant ID) error
}

// Local sets app.tenant_id for the transaction alone: at its end Postgres
// itself forgets it, so that a pooled connection never carries it on.
type Local struct {
	Log *slog.Logger
}

// Set logs the line that the runbook tells the operator to look for ("Tenant
// Isolation Issues", step 3) and sets the tenant. It is one round trip.
func (l Local) Set(ctx context.Context, tx pgx.Tx, tenant ID) error {
	if tenant == "" {
		return ErrRequired
	}
	// Runbook: Tenant Isolation Issues: "Setting tenant context" in logs.
	l.Log.InfoContext(ctx, "Setting tenant context", "app.tenant_id", string(tenant))
	// Runbook: Tenant Isolation Issues: app.tenant_id is set for each request.
	if _, err := tx.Exec(ctx, "SELECT set_config('app.tenant_id', $1, true)", string(tenant)); err != nil {
		return fmt.Errorf("set app.tenant_id: %w", err)
	}
	return nil
}
