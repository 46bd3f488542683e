-- Transaction numbers that lie behind an entry's place are another server's: this one was restored from a dump.
DO $$
DECLARE
    last_place bigint;
    wanted bigint;
BEGIN
    IF to_regclass('audit_entry') IS NULL THEN
        RETURN;
    END IF;
    last_place := (SELECT max(e.place) FROM tenant t CROSS JOIN LATERAL (
        SELECT a.place FROM audit_entry a WHERE a.tenant_id = t.id ORDER BY a.place DESC LIMIT 1) e);
    wanted := last_place + 1 - pg_current_xact_id()::text::bigint;
    IF wanted > (SELECT shift FROM audit_epoch) THEN
        UPDATE audit_epoch SET shift = wanted;
        EXECUTE format('ALTER TABLE audit_entry ALTER COLUMN place SET DEFAULT pg_current_xact_id()::text::bigint + %s', wanted);
    END IF;
END
$$;
