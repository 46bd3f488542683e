-- Whose data it is. Every table that holds a tenant's rows has tenant_id in its keys and forced row-level security:
-- the application role sees the rows of the tenant that its transaction named, and none when it named none.
-- nullif: after a transaction the setting is the empty string, not null.

CREATE TABLE tenant (
    id           text        PRIMARY KEY CHECK (id ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    policy_epoch bigint      NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant TO infraai_app
    USING (id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (id = nullif(current_setting('app.tenant', true), ''));
-- for the functions that cross tenants
CREATE POLICY owner_all ON tenant TO infraai_owner USING (true) WITH CHECK (true);

INSERT INTO tenant (id) VALUES ('default');

GRANT SELECT, INSERT ON tenant TO infraai_app;
GRANT UPDATE (policy_epoch) ON tenant TO infraai_app;

CREATE FUNCTION every_tenant() RETURNS TABLE (id text, policy_epoch bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
    AS $$ SELECT t.id, t.policy_epoch FROM public.tenant t ORDER BY t.id $$;
REVOKE ALL ON FUNCTION every_tenant() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION every_tenant() TO infraai_app;
