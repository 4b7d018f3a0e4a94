package cache

import (
	"context"
	"encoding/json"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// recordPrefix is under the pattern that the runbook calls "all event-service
// cache". Losing the records is no harm: Postgres has them.
//
// Runbook: Cache Invalidation: event-service:*.
const recordPrefix = "event-service:idempotency:"

// record is an answer with the request that it belongs to.
type record struct {
	Fingerprint []byte       `json:"fingerprint"`
	Event       events.Event `json:"event"`
}

// Records is an events.Records in Redis.
type Records struct {
	client redis.Cmdable
	gate   *Gate
}

// NewRecords makes the records.
func NewRecords(client redis.Cmdable, gate *Gate) *Records {
	return &Records{client: client, gate: gate}
}

func recordKey(tenant tenancy.ID, key events.Key) string {
	return recordPrefix + string(tenant) + ":" + key.Value
}

// Recall implements events.Records. Whatever Redis cannot say is not found.
func (r *Records) Recall(ctx context.Context, tenant tenancy.ID, key events.Key) (events.Event, bool, error) {
	var b []byte
	err := r.gate.Do(ctx, "recall a keyed request", func(ctx context.Context) (err error) {
		b, err = r.client.Get(ctx, recordKey(tenant, key)).Bytes()
		return err
	})
	if err != nil {
		return events.Event{}, false, nil
	}
	var kept record
	if json.Unmarshal(b, &kept) != nil || kept.Event.TenantID != tenant {
		return events.Event{}, false, nil
	}
	if !key.Matches(kept.Fingerprint) {
		return events.Event{}, false, events.ErrKeyReused
	}
	return kept.Event, true, nil
}

// Remember implements events.Records.
func (r *Records) Remember(ctx context.Context, tenant tenancy.ID, key events.Key, e events.Event) {
	b, err := json.Marshal(record{Fingerprint: key.Fingerprint[:], Event: e})
	if err != nil {
		return
	}
	_ = r.gate.Do(ctx, "remember a keyed request", func(ctx context.Context) error {
		return r.client.Set(ctx, recordKey(tenant, key), b, events.KeyTTL).Err()
	})
}
