package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// purgeAtOnce bounds how many expired keys one claim clears away, so that no
// request pays for a day's worth of them.
const purgeAtOnce = 20

// claim stores a key with the answer that it will have. A key that is taken
// already gives the answer of then. Expired keys count as free, and some
// others of the tenant are cleared away on the occasion.
func claim(ctx context.Context, tx pgx.Tx, tenant tenancy.ID, key events.Key, e events.Event) (events.Event, bool, error) {
	const take = `WITH purged AS (
			DELETE FROM event_service.idempotency_keys WHERE key IN (
				SELECT key FROM event_service.idempotency_keys
				WHERE created_at < now() - $5::interval AND key <> $2 LIMIT $6))
		INSERT INTO event_service.idempotency_keys AS k (tenant_id, key, fingerprint, response)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant_id, key) DO UPDATE SET fingerprint = excluded.fingerprint, response = excluded.response, created_at = now()
			WHERE k.created_at < now() - $5::interval`
	response, err := json.Marshal(e)
	if err != nil {
		return events.Event{}, false, fmt.Errorf("claim key: %w", err)
	}
	tag, err := tx.Exec(ctx, take, string(tenant), key.Value, key.Fingerprint[:], string(response), events.KeyTTL, purgeAtOnce)
	if err != nil {
		return events.Event{}, false, fmt.Errorf("claim key: %w", err)
	}
	if tag.RowsAffected() == 1 {
		return e, false, nil
	}
	return answer(ctx, tx, key)
}

// answer reads what a key stands for.
func answer(ctx context.Context, tx pgx.Tx, key events.Key) (e events.Event, found bool, err error) {
	const read = `SELECT fingerprint, response FROM event_service.idempotency_keys WHERE key = $1 AND created_at >= now() - $2::interval`
	var fingerprint, response []byte
	err = tx.QueryRow(ctx, read, key.Value, events.KeyTTL).Scan(&fingerprint, &response)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return e, false, nil
	case err != nil:
		return e, false, fmt.Errorf("read key: %w", err)
	case !key.Matches(fingerprint):
		return e, false, events.ErrKeyReused
	}
	if err := json.Unmarshal(response, &e); err != nil {
		return e, false, fmt.Errorf("read key: %w", err)
	}
	return e, true, nil
}

// Replay implements events.Repository.
func (d *Database) Replay(ctx context.Context, tenant tenancy.ID, key events.Key) (e events.Event, found bool, err error) {
	err = d.read(ctx, tenant, func(tx pgx.Tx) error {
		e, found, err = answer(ctx, tx, key)
		return err
	})
	return e, found, err
}
