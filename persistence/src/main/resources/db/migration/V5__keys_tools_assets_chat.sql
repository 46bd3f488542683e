CREATE TABLE api_key (
    tenant_id  text        NOT NULL REFERENCES tenant (id),
    id         text        NOT NULL UNIQUE,       -- random, so its being taken tells nobody anything
    name       text        NOT NULL,
    hash       text        NOT NULL,
    roles      text[]      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);

-- What workers can run: the same for all tenants.
CREATE TABLE tool (
    name          text        PRIMARY KEY,
    description   jsonb       NOT NULL,
    advertised_at timestamptz NOT NULL DEFAULT now()
);

-- An address says which asset it is; one without, such as a machine that is switched off, is known by type and name.
CREATE TABLE system_assets (
    tenant_id  text         NOT NULL REFERENCES tenant (id),
    id         bigint       GENERATED ALWAYS AS IDENTITY,
    ip         varchar(45),
    hostname   varchar(255),
    type       varchar(50)  NOT NULL,
    services   jsonb        NOT NULL DEFAULT '[]',
    attributes jsonb        NOT NULL DEFAULT '{}',
    seen_by    text[]       NOT NULL,
    first_seen timestamptz  NOT NULL DEFAULT now(),
    last_seen  timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, ip),
    CHECK (ip IS NOT NULL OR hostname IS NOT NULL)
);
CREATE UNIQUE INDEX system_asset_without_address ON system_assets (tenant_id, type, hostname) WHERE ip IS NULL;
CREATE INDEX system_asset_by_name ON system_assets (tenant_id, type, hostname);

-- Looks for assets in a subnet, and how far they are.
CREATE TABLE discovery (
    tenant_id      text        NOT NULL REFERENCES tenant (id),
    id             bigint      GENERATED ALWAYS AS IDENTITY,
    subnet         text        NOT NULL,
    correlation_id text        NOT NULL,
    requested_by   text        NOT NULL,
    state          text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'stopped')),
    total          int         NOT NULL,
    probed         int         NOT NULL DEFAULT 0,
    found          int         NOT NULL DEFAULT 0,
    started_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    ended_at       timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK ((ended_at IS NULL) = (state = 'running'))
);

CREATE TABLE chat_history (
    tenant_id  text         NOT NULL REFERENCES tenant (id),
    id         bigint       GENERATED ALWAYS AS IDENTITY,
    session_id varchar(255) NOT NULL,
    role       varchar(10)  NOT NULL CHECK (role IN ('user', 'assistant', 'tool', 'system')),
    content    text         NOT NULL,
    timestamp  timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX chat_history_of_session ON chat_history (tenant_id, session_id, id);

ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON api_key TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_reads ON api_key FOR SELECT TO infraai_owner USING (true);

ALTER TABLE system_assets ENABLE ROW LEVEL SECURITY;
ALTER TABLE system_assets FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON system_assets TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE discovery ENABLE ROW LEVEL SECURITY;
ALTER TABLE discovery FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON discovery TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE chat_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_history FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON chat_history TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT ON api_key TO infraai_app;
GRANT UPDATE (revoked_at) ON api_key TO infraai_app;
GRANT SELECT, INSERT, UPDATE ON tool TO infraai_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON system_assets TO infraai_app;
GRANT SELECT, INSERT ON discovery TO infraai_app;
GRANT UPDATE (state, probed, found, updated_at, ended_at) ON discovery TO infraai_app;
GRANT SELECT, INSERT ON chat_history TO infraai_app;

-- A key says whose it is, so it is looked up before the tenant is known.
CREATE FUNCTION api_key_by_id(wanted text) RETURNS SETOF api_key
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT * FROM public.api_key k WHERE k.id = wanted $$;

CREATE FUNCTION any_key_with(wanted text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT EXISTS (SELECT 1 FROM public.api_key k
                         WHERE wanted = ANY (k.roles) AND k.revoked_at IS NULL
                           AND (k.expires_at IS NULL OR k.expires_at > now())) $$;

REVOKE ALL ON FUNCTION api_key_by_id(text), any_key_with(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api_key_by_id(text), any_key_with(text) TO infraai_app;
