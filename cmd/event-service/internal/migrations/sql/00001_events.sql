-- The events of every tenant, guarded by row level security alone.
--
-- Who runs this owns the table. The service's role is named by the setting
-- event_service.role of the session and gets no more than it needs: it neither
-- owns the table nor bypasses its policy.

-- +goose Up
CREATE TABLE event_service.events (
    id          uuid        PRIMARY KEY,
    -- Text, so that the operator's SET app.tenant_id = 'any-name' needs no cast.
    -- Runbook: Database Recovery: no event without a tenant.
    tenant_id   text        NOT NULL CHECK (tenant_id <> ''),
    venue_id    text        NOT NULL CHECK (venue_id <> ''),
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    description text        NOT NULL DEFAULT '' CHECK (char_length(description) <= 5000),
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL CHECK (ends_at > starts_at),
    capacity    bigint      NOT NULL CHECK (capacity BETWEEN 1 AND 1000000),
    price_cents bigint      NOT NULL CHECK (price_cents BETWEEN 0 AND 100000000),
    currency    text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status      text        NOT NULL CHECK (status IN ('draft', 'published', 'cancelled')),
    version     bigint      NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);

-- A list is one tenant's newest events, or one venue's.
CREATE INDEX events_by_tenant ON event_service.events (tenant_id, id DESC);
CREATE INDEX events_by_venue ON event_service.events (tenant_id, venue_id, id DESC);

-- Runbook: Tenant Isolation Issues: no cross-tenant data access.
ALTER TABLE event_service.events ENABLE ROW LEVEL SECURITY;
-- The owner obeys as well.
ALTER TABLE event_service.events FORCE ROW LEVEL SECURITY;

-- Without a setting current_setting is NULL, after a transaction that had one
-- it is empty; neither equals any tenant.
-- Runbook: Tenant Isolation Issues: policies in schema event_service.
CREATE POLICY tenant_isolation ON event_service.events
    USING (tenant_id = current_setting('app.tenant_id', true))
    -- Runbook: Tenant Isolation Issues: writes for another tenant violate a policy.
    WITH CHECK (tenant_id = current_setting('app.tenant_id', true));

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA event_service TO %I', current_setting('event_service.role'));
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON event_service.events TO %I', current_setting('event_service.role'));
END
$$;
-- +goose StatementEnd

-- The runbook says SELECT ... FROM events, without a schema. Only the owner of
-- the database may say so; anybody else goes without.
-- +goose StatementBegin
DO $$
BEGIN
    -- Runbook: Tenant Isolation Issues: SELECT FROM events works without a schema.
    EXECUTE format('ALTER DATABASE %I SET search_path = event_service, public', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'search_path of database % is left as it is: not its owner', current_database();
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE event_service.events;

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('REVOKE USAGE ON SCHEMA event_service FROM %I', current_setting('event_service.role'));
    EXECUTE format('ALTER DATABASE %I RESET search_path', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'search_path of database % is left as it is: not its owner', current_database();
END
$$;
-- +goose StatementEnd
