-- Tenants have no foreign key from here: each alert would lock the one tenant row, and rows are written under row-level
-- security, which lets nobody write another tenant's.

CREATE TABLE alert_state (
    tenant_id    text        NOT NULL,
    alert_key    bytea       NOT NULL CHECK (octet_length(alert_key) = 32),
    episode_id   uuid,                            -- the newest episode; null while only a resolution was heard
    seq          int         NOT NULL CHECK (seq >= 0),
    open         boolean     NOT NULL,
    starts_at    timestamptz,                     -- by the sender's clock, like latest_start and ended_at
    latest_start timestamptz,
    ended_at     timestamptz,
    last_seen    timestamptz NOT NULL,            -- by ours, like closed_at
    closed_at    timestamptz,
    repeats      int         NOT NULL DEFAULT 0,
    flaps        int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, alert_key),
    CHECK ((seq = 0) = (episode_id IS NULL)),
    CHECK (open = (closed_at IS NULL)),
    CHECK (NOT open OR seq > 0)
) WITH (fillfactor = 80);

-- An episode's id is made of its alert's key and its number, so the primary key also says that no number is given twice.
CREATE TABLE episode (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    alert_key  bytea       NOT NULL CHECK (octet_length(alert_key) = 32),
    seq        int         NOT NULL CHECK (seq > 0),
    state      text        NOT NULL CHECK (state IN ('firing', 'resolved', 'superseded', 'silent')),
    payload    jsonb       NOT NULL,
    opened_at  timestamptz NOT NULL DEFAULT now(),
    ends_at    timestamptz,
    closed_at  timestamptz,
    repeats    int         NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, id),
    CHECK ((state = 'firing') = (closed_at IS NULL))
) WITH (fillfactor = 80);

CREATE INDEX episode_newest ON episode (tenant_id, opened_at);

-- Episodes about which no policy was asked yet. A row goes in the transaction that stores the decisions: whoever takes it decides.
CREATE TABLE undecided (
    tenant_id  text        NOT NULL,
    episode_id uuid        NOT NULL,
    ring_at    timestamptz NOT NULL DEFAULT now() + interval '3 seconds',  -- by then its bell was heard, or was lost
    PRIMARY KEY (tenant_id, episode_id)
);

CREATE INDEX undecided_due ON undecided (ring_at);

CREATE TABLE quarantine (
    tenant_id text        NOT NULL,
    id        bigint      GENERATED ALWAYS AS IDENTITY,
    reason    text        NOT NULL,
    sample    text        NOT NULL CHECK (octet_length(sample) <= 16384),
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

ALTER TABLE alert_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_state FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON alert_state TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON alert_state TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE episode ENABLE ROW LEVEL SECURITY;
ALTER TABLE episode FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON episode TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON episode TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE undecided ENABLE ROW LEVEL SECURITY;
ALTER TABLE undecided FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON undecided TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON undecided TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE quarantine FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON quarantine TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, UPDATE ON alert_state, episode TO infraai_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON undecided TO infraai_app;
GRANT SELECT, INSERT ON quarantine TO infraai_app;
