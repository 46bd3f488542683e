-- What people and policies did, in entries that are only ever added, and a chain over them that shows a change of the past. An
-- entry is written by the transaction of what it tells; the chain follows within a second, so that nobody waits for anybody.

-- Transaction numbers start anew when a dump is restored into another server; the shift keeps places growing even then.
CREATE TABLE audit_epoch (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    shift bigint  NOT NULL
);
INSERT INTO audit_epoch (shift) VALUES (0);

-- In order of place and id: once all transactions before a place have ended, nothing can be added before it any more.
CREATE TABLE audit_entry (
    tenant_id text        NOT NULL,
    place     bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    id        bigint      GENERATED ALWAYS AS IDENTITY,
    at        timestamptz NOT NULL DEFAULT now(),
    actor     text        NOT NULL CHECK (actor <> ''),
    action    text        NOT NULL CHECK (action <> ''),
    target    text        NOT NULL,
    task_id   bigint,
    detail    json        NOT NULL,                      -- json, since jsonb doesn't keep its text
    PRIMARY KEY (tenant_id, place, id)
);

-- A link of the chain for each entry between the last block's end and this one's, and none for any other.
CREATE TABLE audit_block (
    tenant_id  text        NOT NULL,
    last_seq   bigint      NOT NULL,
    last_place bigint      NOT NULL,
    last_id    bigint      NOT NULL,
    previous   bytea       NOT NULL CHECK (length(previous) = 32),
    ids        bigint[]    NOT NULL,
    hashes     bytea       NOT NULL,                     -- 32 bytes for each id
    sealed_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, last_seq),
    UNIQUE (tenant_id, last_place, last_id),
    CHECK (cardinality(ids) > 0 AND length(hashes) = 32 * cardinality(ids))
);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_block_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_block
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_entry TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_reads ON audit_entry FOR SELECT TO infraai_owner USING (true);

ALTER TABLE audit_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_block FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_block TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_reads ON audit_block FOR SELECT TO infraai_owner USING (true);

GRANT SELECT, INSERT ON audit_entry, audit_block TO infraai_app;
GRANT SELECT ON audit_epoch TO infraai_app;

-- Whose entries aren't in the chain yet, and for how long the oldest of them hasn't been.
CREATE FUNCTION audit_backlog() RETURNS TABLE (tenant_id text, age interval)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.id, clock_timestamp() - e.at
    FROM public.tenant t
    LEFT JOIN LATERAL (
        SELECT b.last_place, b.last_id FROM public.audit_block b WHERE b.tenant_id = t.id
        ORDER BY b.last_seq DESC LIMIT 1) b ON true
    JOIN LATERAL (
        SELECT e.at FROM public.audit_entry e
        WHERE e.tenant_id = t.id AND (e.place, e.id) > (coalesce(b.last_place, -1), coalesce(b.last_id, -1))
        ORDER BY e.place, e.id LIMIT 1) e ON true
$$;
REVOKE ALL ON FUNCTION audit_backlog() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_backlog() TO infraai_app;

ALTER TABLE audit_entry SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
