package io.infraai.persistence.asset;

/** The statements of {@link PgAssetInventory}; each sees and takes rows of the transaction's tenant only. */
final class AssetSql {

    /** An asset that had no address so far has one now: it goes on as the one that is known by it. */
    static final String FORGET_NAMES = """
            DELETE FROM system_assets a USING unnest($1::text[], $2::text[]) AS s(type, hostname)
            WHERE a.ip IS NULL AND a.type = s.type AND a.hostname = s.hostname""";

    private static final String NEWS = """
            services = CASE WHEN excluded.services = '[]' THEN a.services ELSE excluded.services END,
            attributes = a.attributes || excluded.attributes,
            seen_by = CASE WHEN a.seen_by @> excluded.seen_by THEN a.seen_by ELSE a.seen_by || excluded.seen_by END,
            last_seen = now()""";

    /** The most telling type stays, and the name that came with it. Types are counted from the least telling on. */
    static final String WITH_ADDRESS = """
            INSERT INTO system_assets AS a (tenant_id, ip, type, hostname, services, attributes, seen_by)
            SELECT $1, ip, type, hostname, services::jsonb, attributes::jsonb, ARRAY[seen_by]
            FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                AS s(ip, type, hostname, services, attributes, seen_by)
            ON CONFLICT (tenant_id, ip) DO UPDATE SET
                type = CASE WHEN array_position($8::text[], excluded.type) >= array_position($8, a.type)
                            THEN excluded.type ELSE a.type END,
                hostname = CASE WHEN array_position($8, excluded.type) >= array_position($8, a.type)
                                THEN coalesce(excluded.hostname, a.hostname) ELSE coalesce(a.hostname, excluded.hostname) END,""" + " " + NEWS;

    static final String WITHOUT_ADDRESS = """
            WITH seen AS (
                SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
                    AS s(type, hostname, services, attributes, seen_by)),
            known AS (
                UPDATE system_assets a SET
                    attributes = a.attributes || s.attributes::jsonb,
                    seen_by = CASE WHEN s.seen_by = ANY (a.seen_by) THEN a.seen_by ELSE a.seen_by || s.seen_by END,
                    last_seen = now()
                FROM seen s WHERE a.ip IS NOT NULL AND a.type = s.type AND a.hostname = s.hostname
                RETURNING a.type, a.hostname)
            INSERT INTO system_assets AS a (tenant_id, type, hostname, services, attributes, seen_by)
            SELECT $1, type, hostname, services::jsonb, attributes::jsonb, ARRAY[seen_by] FROM seen s
            WHERE NOT EXISTS (SELECT 1 FROM known k WHERE k.type = s.type AND k.hostname = s.hostname)
            ON CONFLICT (tenant_id, type, hostname) WHERE ip IS NULL DO UPDATE SET""" + " " + NEWS;

    static final String FIND = """
            SELECT id, type, ip, hostname, services::text, attributes::text, seen_by, first_seen, last_seen
            FROM system_assets
            WHERE ($1::text IS NULL OR type = $1) AND ($3::bigint IS NULL OR id < $3)
              AND ($2::text IS NULL
                   OR position(lower($2) IN lower(concat_ws(' ', ip, hostname, services::text, attributes::text))) > 0)
            ORDER BY id DESC LIMIT $4""";

    static final String BEGIN = """
            INSERT INTO discovery (tenant_id, subnet, correlation_id, requested_by, total)
            VALUES ($1, $2, $3, $4, $5) RETURNING id""";

    /** A report may arrive after a later one, since whoever wrote it may have stopped waiting for it. */
    static final String REPORT = """
            UPDATE discovery SET state = $2, probed = greatest(probed, $3), found = greatest(found, $4), updated_at = now(),
                ended_at = CASE WHEN $2 = 'running' THEN NULL ELSE now() END
            WHERE id = $1 AND state = 'running'""";

    /** Whoever runs one tells each second. */
    static final String DISCOVERIES = """
            SELECT id, subnet, correlation_id, requested_by, total, probed, found, started_at, updated_at, ended_at,
                   CASE WHEN state = 'running' AND updated_at < now() - interval '30 seconds' THEN 'lost' ELSE state END AS state
            FROM discovery WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2""";

    private AssetSql() {}
}
