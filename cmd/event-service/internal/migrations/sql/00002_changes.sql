-- What updates, retries and the operator's fallback need.

-- +goose Up
-- False for a draft that was accepted while the venue-service could not be
-- asked; such a draft is not published before somebody has asked.
ALTER TABLE event_service.events ADD COLUMN venue_verified boolean NOT NULL DEFAULT true;

-- The answers to creates that carried an Idempotency-Key. A row is written in
-- the transaction of its event, so that there are both or neither.
CREATE TABLE event_service.idempotency_keys (
    tenant_id   text        NOT NULL CHECK (tenant_id <> ''),
    key         text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    fingerprint bytea       NOT NULL, -- SHA-256 of the request
    response    jsonb       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_keys_by_age ON event_service.idempotency_keys (tenant_id, created_at);

ALTER TABLE event_service.idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE event_service.idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON event_service.idempotency_keys
    USING (tenant_id = current_setting('app.tenant_id', true))
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON event_service.idempotency_keys TO %I', current_setting('event_service.role'));
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE event_service.idempotency_keys;
ALTER TABLE event_service.events DROP COLUMN venue_verified;
