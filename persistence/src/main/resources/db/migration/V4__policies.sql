-- The document is what its author wrote; the columns beside it are read out of it, so the two can't differ.

CREATE SEQUENCE policies_id;

CREATE TABLE policies (
    tenant_id  text        NOT NULL REFERENCES tenant (id),
    id         bigint      NOT NULL DEFAULT nextval('policies_id'),
    revision   int         NOT NULL CHECK (revision > 0),
    epoch      bigint      NOT NULL,
    document   jsonb       NOT NULL,
    name       text        NOT NULL GENERATED ALWAYS AS (document ->> 'name') STORED,
    condition  jsonb       NOT NULL GENERATED ALWAYS AS (document -> 'condition') STORED,
    action     jsonb       NOT NULL GENERATED ALWAYS AS (document -> 'action') STORED,
    priority   int         NOT NULL GENERATED ALWAYS AS ((document ->> 'priority')::int) STORED,
    mode       text        GENERATED ALWAYS AS (document ->> 'mode') STORED CHECK (mode IN ('observe', 'approve', 'auto')),
    enabled    boolean     NOT NULL GENERATED ALWAYS AS (coalesce((document ->> 'enabled')::boolean, true)) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text        NOT NULL,
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);

CREATE UNIQUE INDEX policies_changes ON policies (tenant_id, epoch);

CREATE TABLE policy_revision (
    tenant_id text        NOT NULL,
    policy_id bigint      NOT NULL,
    revision  int         NOT NULL,
    document  jsonb       NOT NULL,
    deleted   boolean     NOT NULL,
    at        timestamptz NOT NULL DEFAULT now(),
    by        text        NOT NULL,
    PRIMARY KEY (tenant_id, policy_id, revision),
    FOREIGN KEY (tenant_id, policy_id) REFERENCES policies (tenant_id, id)
);

ALTER TABLE policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE policies FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policies TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

ALTER TABLE policy_revision ENABLE ROW LEVEL SECURITY;
ALTER TABLE policy_revision FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON policy_revision TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, UPDATE ON policies TO infraai_app;
GRANT SELECT, INSERT ON policy_revision TO infraai_app;
GRANT USAGE ON SEQUENCE policies_id TO infraai_app;
