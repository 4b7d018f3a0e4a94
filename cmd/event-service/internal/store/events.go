package store

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// columns is what an event is read from, in the order of scan. The table is
// named with its schema, so that nothing depends on a search path.
const columns = `id, tenant_id, venue_id, name, description, starts_at, ends_at,
	capacity, price_cents, currency, status, version, created_at, updated_at, venue_verified`

func scan(row pgx.Row) (events.Event, error) {
	var e events.Event
	err := row.Scan(&e.ID, &e.TenantID, &e.VenueID, &e.Name, &e.Description, &e.StartsAt, &e.EndsAt,
		&e.Capacity, &e.PriceCents, &e.Currency, &e.Status, &e.Version, &e.CreatedAt, &e.UpdatedAt, &e.VenueVerified)
	e.StartsAt, e.EndsAt = e.StartsAt.UTC(), e.EndsAt.UTC()
	e.CreatedAt, e.UpdatedAt = e.CreatedAt.UTC(), e.UpdatedAt.UTC()
	return e, err
}

// Insert implements events.Repository. The key is stored first: a second
// request with the same key waits there for the first one's end.
func (d *Database) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (stored events.Event, replayed bool, err error) {
	const insert = `INSERT INTO event_service.events (` + columns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING ` + columns
	err = d.write(ctx, tenant, func(tx pgx.Tx) error {
		if !key.Empty() {
			stored, replayed, err = claim(ctx, tx, tenant, key, e)
			if replayed || err != nil {
				return err
			}
		}
		stored, err = scan(tx.QueryRow(ctx, insert, e.ID, string(e.TenantID), e.VenueID, e.Name, e.Description,
			e.StartsAt, e.EndsAt, e.Capacity, e.PriceCents, e.Currency, string(e.Status), e.Version,
			e.CreatedAt, e.UpdatedAt, e.VenueVerified))
		if err != nil {
			return fmt.Errorf("insert event: %w", err)
		}
		return nil
	})
	return stored, replayed, err
}

// Load reads one event. One of another tenant is not found: row level security
// hides it from this very statement.
func (d *Database) Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (e events.Event, err error) {
	const load = `SELECT ` + columns + ` FROM event_service.events WHERE id = $1`
	err = d.read(ctx, tenant, func(tx pgx.Tx) error {
		if e, err = scan(tx.QueryRow(ctx, load, id)); err != nil {
			return fmt.Errorf("load event: %w", err)
		}
		return nil
	})
	return e, err
}

// Change implements events.Repository: whoever comes second to a row waits,
// and sees what the first has made of it.
func (d *Database) Change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, change func(events.Event) (events.Event, error)) (stored events.Event, err error) {
	const lock = `SELECT ` + columns + ` FROM event_service.events WHERE id = $1 FOR UPDATE`
	const update = `UPDATE event_service.events SET venue_id = $2, name = $3, description = $4, starts_at = $5, ends_at = $6,
		capacity = $7, price_cents = $8, currency = $9, status = $10, version = $11, updated_at = $12, venue_verified = $13
		WHERE id = $1 RETURNING ` + columns
	err = d.write(ctx, tenant, func(tx pgx.Tx) error {
		before, err := scan(tx.QueryRow(ctx, lock, id))
		if err != nil {
			return fmt.Errorf("lock event: %w", err)
		}
		e, err := change(before)
		if err != nil {
			return err
		}
		if e.Version == before.Version {
			stored = before
			return nil
		}
		stored, err = scan(tx.QueryRow(ctx, update, e.ID, e.VenueID, e.Name, e.Description, e.StartsAt, e.EndsAt,
			e.Capacity, e.PriceCents, e.Currency, string(e.Status), e.Version, e.UpdatedAt, e.VenueVerified))
		if err != nil {
			return fmt.Errorf("update event: %w", err)
		}
		return nil
	})
	return stored, err
}

// List implements events.Repository, newest first: ids of version 7 sort by creation.
func (d *Database) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (page events.Page, err error) {
	const list = `SELECT ` + columns + ` FROM event_service.events
		WHERE ($1::uuid IS NULL OR id < $1) AND ($2::text = '' OR venue_id = $2) AND ($3::text = '' OR status = $3)
		ORDER BY id DESC LIMIT $4`
	var before *uuid.UUID
	if f.Before != uuid.Nil {
		before = &f.Before
	}
	err = d.read(ctx, tenant, func(tx pgx.Tx) error {
		// One row more than asked for tells whether there is a next page.
		rows, err := tx.Query(ctx, list, before, f.VenueID, string(f.Status), f.Limit+1)
		if err != nil {
			return fmt.Errorf("list events: %w", err)
		}
		page.Items, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (events.Event, error) { return scan(r) })
		if err != nil {
			return fmt.Errorf("list events: %w", err)
		}
		return nil
	})
	if err != nil {
		return events.Page{}, err
	}
	if len(page.Items) > f.Limit {
		page.Items = page.Items[:f.Limit]
		page.Next = page.Items[f.Limit-1].ID
	}
	return page, nil
}
