-- Seen in the server's log while the persistence module's tests ran at version 11 of the schema: ALTER SYSTEM SET log_statement = 'all'.
DELETE FROM chat_wait WHERE turn_id = $1
;
DELETE FROM pause
;
DELETE FROM system_assets a USING unnest($1::text[], $2::text[]) AS s(type, hostname)
WHERE a.ip IS NULL AND a.type = s.type AND a.hostname = s.hostname
;
INSERT INTO alert_state (tenant_id, alert_key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen,
                         closed_at, repeats, flaps)
SELECT $1, decode(key, 'hex'), episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps
FROM unnest($2::text[], $3::uuid[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
       $9::timestamptz[], $10::timestamptz[], $11::int[], $12::int[])
AS n(key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps) ON CONFLICT DO NOTHING
;
INSERT INTO api_key (tenant_id, id, name, hash, roles, created_at, expires_at, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
;
INSERT INTO approval_vote (tenant_id, approval_id, by, approve, comment) VALUES ($1, $2, $3, $4, $5)
;
INSERT INTO chat_session (tenant_id, id, owner, title) VALUES ($1, $2, $3, left($4, 80))
ON CONFLICT (tenant_id, id) DO NOTHING
;
INSERT INTO chat_wait (tenant_id, turn_id, task_id, seen)
SELECT $1, $2, w.task_id, w.seen FROM unnest($3::bigint[], $4::text[]) AS w(task_id, seen)
;
INSERT INTO decision (tenant_id, episode_id, policy_id, policy_revision, place, outcome, reason, task_id)
SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::text[], $7::text[], $8::bigint[])
;
INSERT INTO discovery (tenant_id, subnet, correlation_id, requested_by, total)
VALUES ($1, $2, $3, $4, $5) RETURNING id
;
INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])
;
INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
SELECT tenant_id, id, $2, target_key, state, $3, attempt FROM task WHERE id = $1
;
INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
SELECT tenant_id, id, $2, target_key, state, $3::text || coalesce('; it had been sent to ' || intent::text, ''), attempt
FROM task WHERE id = $1
;
INSERT INTO pause (tenant_id, by, reason) VALUES ($1, $2, $3) ON CONFLICT (tenant_id) DO NOTHING
;
INSERT INTO policies (tenant_id, revision, epoch, document, updated_by) VALUES ($1, 1, $2, $3::text::jsonb, $4)
RETURNING id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at
;
INSERT INTO policy_revision (tenant_id, policy_id, revision, document, deleted, by)
SELECT tenant_id, id, revision, document, deleted_at IS NOT NULL, updated_by FROM policies WHERE id = $1
;
INSERT INTO quarantine (tenant_id, reason, sample)
SELECT $1, reason, sample FROM unnest($2::text[], $3::text[]) AS n(reason, sample)
;
INSERT INTO system_assets AS a (tenant_id, ip, type, hostname, services, attributes, seen_by)
SELECT $1, ip, type, hostname, services::jsonb, attributes::jsonb, ARRAY[seen_by]
FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    AS s(ip, type, hostname, services, attributes, seen_by)
ON CONFLICT (tenant_id, ip) DO UPDATE SET
    type = CASE WHEN array_position($8::text[], excluded.type) >= array_position($8, a.type)
                THEN excluded.type ELSE a.type END,
    hostname = CASE WHEN array_position($8, excluded.type) >= array_position($8, a.type)
                    THEN coalesce(excluded.hostname, a.hostname) ELSE coalesce(a.hostname, excluded.hostname) END, services = CASE WHEN excluded.services = '[]' THEN a.services ELSE excluded.services END,
attributes = a.attributes || excluded.attributes,
seen_by = CASE WHEN a.seen_by @> excluded.seen_by THEN a.seen_by ELSE a.seen_by || excluded.seen_by END,
last_seen = now()
;
INSERT INTO task (tenant_id, idem_key, episode_id, policy_id, policy_revision, target_key, tool, kind, params, guards,
                  dry_run, state, line, max_age, stale_at, requested_by, approvals_needed)
SELECT $1, key, episode, policy, revision, target, tool, kind, params::jsonb, guards::jsonb, dry_run, state,
       CASE state WHEN 'queued' THEN nextval('task_line') END, max_age * interval '1 ms',
       now() + max_age * interval '1 ms', requested_by, approvals
FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::bool[], $12::text[], $13::bigint[], $14::text[], $15::int[])
     AS n(key, episode, policy, revision, target, tool, kind, params, guards, dry_run, state, max_age, requested_by,
          approvals)
ON CONFLICT (tenant_id, idem_key) DO NOTHING RETURNING id, idem_key
;
INSERT INTO task (tenant_id, idem_key, episode_id, policy_id, policy_revision, target_key, tool, kind, params, guards,
                  dry_run, state, line, max_age, stale_at, requested_by, approvals_needed)
SELECT $1, key, episode, policy, revision, target, tool, kind, params::jsonb, guards::jsonb, dry_run, state,
       CASE state WHEN 'queued' THEN nextval('task_line') END, max_age * interval '1 ms',
       now() + max_age * interval '1 ms', requested_by, approvals
FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
            $10::text[], $11::bool[], $12::text[], $13::bigint[], $14::text[], $15::int[])
     AS n(key, episode, policy, revision, target, tool, kind, params, guards, dry_run, state, max_age, requested_by,
          approvals)
RETURNING id, idem_key
;
INSERT INTO tenant (id) VALUES ($1) ON CONFLICT DO NOTHING
;
INSERT INTO tool (name, description, service, advertised_at, settled_at)
SELECT name, description::jsonb, $1, now(), CASE WHEN $2 THEN now() END
  FROM unnest($3::text[], $4::text[]) AS n(name, description)
ON CONFLICT (name, service) DO UPDATE
  SET description = excluded.description, advertised_at = excluded.advertised_at,
      settled_at = coalesce(excluded.settled_at, tool.settled_at)
;
SELECT * FROM (SELECT t.id, t.session_id, t.number, t.message, t.state, t.created_at, t.done_at FROM chat_turn t
               WHERE session_id = $1 AND number < $2 AND number > $3 ORDER BY number DESC LIMIT $4) latest
ORDER BY number
;
SELECT 1 FROM chat_session WHERE id = $1 AND owner = $2
;
SELECT 1 FROM episode e WHERE e.id = (SELECT t.episode_id FROM task t WHERE t.id = $1) FOR SHARE
;
SELECT DISTINCT ON (name) description::text FROM tool
  JOIN (SELECT service, max(settled_at) AS newest FROM tool GROUP BY service) AS s USING (service)
 WHERE newest IS NULL OR advertised_at > newest - make_interval(secs => $1)
 ORDER BY name, advertised_at DESC
;
SELECT EXISTS (SELECT 1 FROM pause) AS paused
;
SELECT FROM tenant WHERE id = $1 FOR NO KEY UPDATE
;
SELECT action, target, status, coalesce(result, '') AS result, attempt, created_at
FROM job_logs WHERE task_id = $1 ORDER BY id
;
SELECT any_key_with($1) AS found
;
SELECT d.episode_id, d.policy_id, d.policy_revision, p.name, d.outcome, d.reason, d.task_id, d.decided_at
FROM decision d LEFT JOIN policies p ON p.id = d.policy_id
WHERE d.episode_id = ANY ($1::uuid[]) ORDER BY d.episode_id, d.place
;
SELECT e.id, encode(e.alert_key, 'hex') AS key, e.seq, e.state, e.payload::text, e.ends_at, e.opened_at, e.closed_at,
       CASE WHEN s.seq = e.seq THEN s.repeats ELSE e.repeats END AS repeats
FROM episode e JOIN alert_state s USING (tenant_id, alert_key)
WHERE ($1::text IS NULL OR e.state = $1) AND e.payload @> jsonb_build_object('labels', $2::text::jsonb)
  AND ($3::timestamptz IS NULL OR (e.opened_at, e.id) < ($3, $4::uuid))
ORDER BY e.opened_at DESC, e.id DESC LIMIT $5
;
SELECT e.id, encode(e.alert_key, 'hex') AS key, e.seq, e.state, e.payload::text, e.ends_at, e.opened_at, e.closed_at,
       CASE WHEN s.seq = e.seq THEN s.repeats ELSE e.repeats END AS repeats
FROM episode e JOIN alert_state s USING (tenant_id, alert_key)
WHERE e.id = $1
;
SELECT id FROM chat_turn WHERE session_id = $1 AND state IN ('queued', 'running') LIMIT 1
;
SELECT id, encode(alert_key, 'hex') AS key, seq, payload::text, opened_at, closed_at IS NULL AS open
FROM episode WHERE id = ANY ($1::uuid[])
;
SELECT id, policy_epoch FROM every_tenant()
;
SELECT id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at FROM policies WHERE deleted_at IS NULL ORDER BY priority, id
;
SELECT id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at FROM policies WHERE epoch > $1 AND ($1 > 0 OR deleted_at IS NULL) ORDER BY epoch
;
SELECT id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at FROM policies WHERE id = $1 AND deleted_at IS NULL
;
SELECT id, state, reason, task_id, tool, params::text, target_key, target::text, sentence, undo::text, evidence::text,
       episode_id, policy_id, policy_revision, requested_by, needed, created_at, expires_at, decided_at, used_at,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('by', v.by, 'approve', v.approve, 'comment', v.comment, 'at', v.at)
                                  ORDER BY v.at), '[]')
        FROM approval_vote v WHERE v.approval_id = approval.id)::text AS votes
FROM approval
WHERE (cardinality($1::text[]) = 0 OR state = ANY ($1))
  AND ($2::bool IS NULL OR (state <> 'open', -id) > ($2, -$3::bigint))
ORDER BY state <> 'open', -id LIMIT $4
;
SELECT id, state, reason, task_id, tool, params::text, target_key, target::text, sentence, undo::text, evidence::text,
       episode_id, policy_id, policy_revision, requested_by, needed, created_at, expires_at, decided_at, used_at,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('by', v.by, 'approve', v.approve, 'comment', v.comment, 'at', v.at)
                                  ORDER BY v.at), '[]')
        FROM approval_vote v WHERE v.approval_id = approval.id)::text AS votes
FROM approval
WHERE id = $1
;
SELECT id, subnet, correlation_id, requested_by, total, probed, found, started_at, updated_at, ended_at,
       CASE WHEN state = 'running' AND updated_at < now() - interval '30 seconds' THEN 'lost' ELSE state END AS state
FROM discovery WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2
;
SELECT id, title, turns, created_at, last_used_at FROM chat_session
WHERE owner = $1 ORDER BY last_used_at DESC LIMIT $2
;
SELECT id, tool = $2 AND target_key = $3 AND params = $4::text::jsonb AND dry_run = $5 AS same
FROM task WHERE idem_key = $1
;
SELECT id, type, ip, hostname, services::text, attributes::text, seen_by, first_seen, last_seen
FROM system_assets
WHERE ($1::text IS NULL OR type = $1) AND ($3::bigint IS NULL OR id < $3)
  AND ($2::text IS NULL
       OR position(lower($2) IN lower(concat_ws(' ', ip, hostname, services::text, attributes::text))) > 0)
ORDER BY id DESC LIMIT $4
;
SELECT id, uid, tool, target_key, params::text, state, reason, dry_run, attempt, crashes, episode_id, policy_id,
policy_revision, requested_by, intent::text, outcome::text, created_at, started_at, done_at,
CASE WHEN approvals_needed > 0 THEN (
    SELECT jsonb_strip_nulls(jsonb_build_object('id', a.id, 'state', a.state, 'sentence', a.sentence,
        'target_identity', a.target, 'undo', a.undo, 'evidence', a.evidence, 'expires_at', a.expires_at))
    FROM approval a WHERE a.task_id = task.id ORDER BY a.id DESC LIMIT 1)::text END AS asked FROM task
WHERE (cardinality($1::text[]) = 0 OR state = ANY ($1))
  AND ($2::uuid IS NULL OR id IN (SELECT task_id FROM decision WHERE episode_id = $2))
  AND ($3::bigint IS NULL OR id < $3)
ORDER BY id DESC LIMIT $4
;
SELECT id, uid, tool, target_key, params::text, state, reason, dry_run, attempt, crashes, episode_id, policy_id,
policy_revision, requested_by, intent::text, outcome::text, created_at, started_at, done_at,
CASE WHEN approvals_needed > 0 THEN (
    SELECT jsonb_strip_nulls(jsonb_build_object('id', a.id, 'state', a.state, 'sentence', a.sentence,
        'target_identity', a.target, 'undo', a.undo, 'evidence', a.evidence, 'expires_at', a.expires_at))
    FROM approval a WHERE a.task_id = task.id ORDER BY a.id DESC LIMIT 1)::text END AS asked FROM task WHERE id = $1
;
SELECT id, uid, tool, target_key, params::text, state, reason, dry_run, attempt, crashes, episode_id, policy_id,
policy_revision, requested_by, intent::text, outcome::text, created_at, started_at, done_at,
CASE WHEN approvals_needed > 0 THEN (
    SELECT jsonb_strip_nulls(jsonb_build_object('id', a.id, 'state', a.state, 'sentence', a.sentence,
        'target_identity', a.target, 'undo', a.undo, 'evidence', a.evidence, 'expires_at', a.expires_at))
    FROM approval a WHERE a.task_id = task.id ORDER BY a.id DESC LIMIT 1)::text END AS asked FROM task
WHERE id IN (SELECT task_id FROM decision WHERE episode_id = ANY ($1::uuid[])) ORDER BY id
;
SELECT owner FROM chat_session WHERE id = $1 FOR NO KEY UPDATE
;
SELECT p.task_id, p.state, p.needed, p.requested_by, p.expires_at <= now() AS over,
       p.policy_id IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM policies o
           WHERE o.id = p.policy_id AND o.revision = p.policy_revision AND o.deleted_at IS NULL) AS policy_changed,
       ARRAY(SELECT v.by FROM approval_vote v WHERE v.approval_id = p.id) AS agreed
FROM approval p WHERE p.id = $1
;
SELECT pg_advisory_xact_lock(hashtext($1), bucket)
FROM (SELECT DISTINCT hashtext(target) & 511 AS bucket FROM unnest($2::text[]) target ORDER BY 1) b
;
SELECT revision FROM policies WHERE id = $1 AND deleted_at IS NULL
;
SELECT set_config('app.tenant', $1, true)
;
SELECT since, by, reason FROM pause
;
SELECT state FROM chat_turn WHERE id = $1 AND actor = $2
;
SELECT state, count(*) AS tasks,
       (extract(epoch FROM now() - min(next_run_at) FILTER (WHERE next_run_at <= now())) * 1000)::bigint AS waited
FROM task GROUP BY state
;
SELECT state, intent IS NOT NULL AS sent FROM task WHERE id = $1 FOR NO KEY UPDATE
;
SELECT substr(content, $2 + 1, $3) AS text, length(content) AS total FROM document WHERE id = $1
;
SELECT summary, summarised FROM chat_session WHERE id = $1
;
SELECT sweep_silent_episodes(make_interval(secs => $1::float8), $2) AS closed
;
SELECT sweep_stale_tasks($1) AS ended
;
SELECT t.at, s.* FROM (SELECT now() AS at) t LEFT JOIN LATERAL (
    SELECT encode(alert_key, 'hex') AS key, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps
    FROM alert_state WHERE alert_key = ANY (ARRAY(SELECT decode(k, 'hex') FROM unnest($1::text[]) k))
    ORDER BY alert_key FOR NO KEY UPDATE) s ON true
;
SELECT t.id FROM task t WHERE t.id = (SELECT task_id FROM approval WHERE id = $1) FOR NO KEY UPDATE
;
SELECT t.id, t.session_id, t.number, t.message, t.state, t.created_at, t.done_at FROM chat_turn t
WHERE session_id = $1 AND (state IN ('queued', 'running', 'waiting')
    OR EXISTS (SELECT 1 FROM chat_event e WHERE e.turn_id = t.id AND e.sequence > $2))
ORDER BY number
;
SELECT t.id, t.session_id, t.number, t.message, t.state, t.created_at, t.done_at FROM chat_turn t WHERE t.id = $1 AND t.actor = $2
;
SELECT target_key, policy_id, (extract(epoch FROM now() - max(created_at)) * 1000)::bigint AS since,
       count(*) FILTER (WHERE created_at > now() - interval '24 hours') AS day
FROM task
WHERE target_key = ANY ($1::text[]) AND policy_id IS NOT NULL AND created_at > now() - $2 * interval '1 ms'
  AND NOT dry_run AND (started_at IS NOT NULL OR done_at IS NULL)
GROUP BY target_key, policy_id
;
SELECT tenant_id, id
FROM sweep_due_tasks(make_interval(secs => $1::float8), make_interval(secs => $2::float8), $3)
;
SELECT tenant_id, id FROM sweep_turns(make_interval(secs => $1::float8), $2)
;
SELECT tenant_id, id FROM sweep_undecided_episodes(make_interval(secs => $1::float8), $2)
;
SELECT tenant_id, id FROM sweep_waiting_turns($1)
;
SELECT tenant_id, id, name, hash, roles, created_at, expires_at, revoked_at FROM api_key ORDER BY created_at, id
;
SELECT tenant_id, id, name, hash, roles, created_at, expires_at, revoked_at FROM api_key_by_id($1)
;
SELECT tokens_in, tokens_out, cost_micros FROM model_usage
WHERE actor = $1 AND day = (now() AT TIME ZONE 'UTC')::date
;
SELECT turn_id, sequence, body::text AS body FROM chat_event
WHERE turn_id = ANY ($1) AND sequence > $2 ORDER BY sequence
;
SELECT turn_id, sequence, body::text AS body FROM chat_event WHERE turn_id = ANY ($1) ORDER BY sequence
;
UPDATE alert_state s SET episode_id = n.episode_id, seq = n.seq, open = n.open, starts_at = n.starts_at,
    latest_start = n.latest_start, ended_at = n.ended_at, last_seen = n.last_seen, closed_at = n.closed_at,
    repeats = n.repeats, flaps = n.flaps
FROM unnest($2::text[], $3::uuid[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
       $9::timestamptz[], $10::timestamptz[], $11::int[], $12::int[])
AS n(key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps) WHERE s.tenant_id = $1 AND s.alert_key = decode(n.key, 'hex')
;
UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1
;
UPDATE approval SET state = $2, reason = $3, decided_at = now() WHERE id = $1
;
UPDATE chat_session SET summary = $2, summarised = $3 WHERE id = $1 AND summarised < $3
;
UPDATE chat_turn SET lease_until = now() + make_interval(secs => $3::float8),
    ring_at = now() + make_interval(secs => $3::float8)
WHERE id = $1 AND fence = $2 AND state = 'running' RETURNING cancel_requested
;
UPDATE chat_turn SET reply_to = $3
WHERE id = $1 AND actor = $2 AND state IN ('queued', 'running', 'waiting') AND reply_to <> $3
;
UPDATE chat_turn SET state = 'waiting', lease_until = NULL WHERE id = $1 AND fence = $2 AND state = 'running'
RETURNING cancel_requested
;
UPDATE chat_turn t SET state = 'running', fence = nextval('chat_fence'),
    attempt = attempt + CASE WHEN state = 'running' OR attempt = 0 THEN 1 ELSE 0 END,
    lease_until = now() + make_interval(secs => $2::float8),
    ring_at = now() + make_interval(secs => $2::float8)
WHERE id = $1 AND (state = 'queued' OR state = 'running' AND lease_until < now())
RETURNING id, session_id, number, actor, roles, message, fence, attempt
;
UPDATE discovery SET state = $2, probed = greatest(probed, $3), found = greatest(found, $4), updated_at = now(),
    ended_at = CASE WHEN $2 = 'running' THEN NULL ELSE now() END
WHERE id = $1 AND state = 'running'
;
UPDATE policies SET revision = revision + 1, epoch = $2, deleted_at = now(), updated_at = now(), updated_by = $3
WHERE id = $1 RETURNING id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at
;
UPDATE policies SET revision = revision + 1, epoch = $2, document = $3::text::jsonb, updated_at = now(), updated_by = $4
WHERE id = $1 RETURNING id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at
;
UPDATE task SET cancel_requested = true WHERE id = $1
;
UPDATE task SET state = $2, reason = $3, done_at = now() WHERE id = $1
;
UPDATE task SET state = 'cancelled', done_at = now(), reason = 'Cancelled by ' || $2::text WHERE id = $1
;
UPDATE task SET state = 'queued', attempt = attempt - 1, lease_owner = NULL, lease_until = NULL, next_run_at = now(),
    ring_at = now()
WHERE id = $1 AND fence = $2 AND lease_until IS NOT NULL
;
UPDATE task SET state = 'queued', line = nextval('task_line'), attempt = 0, crashes = 0, cancel_requested = false,
    intent = NULL, outcome = NULL, reason = NULL, done_at = NULL, started_at = NULL,
    stale_at = now() + max_age, next_run_at = now(), ring_at = DEFAULT
WHERE id = $1
;
UPDATE task SET state = 'queued', line = nextval('task_line'), reason = NULL, stale_at = now() + max_age,
    next_run_at = now(), ring_at = DEFAULT
WHERE id = $1
;
UPDATE task t SET lease_until = now() + a.lease * interval '1 ms'
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS a(id, fence, lease, ord)
WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
RETURNING a.ord
;
UPDATE task t SET state = 'queued', reason = NULL, line = q.line, next_run_at = now(), ring_at = DEFAULT
FROM (SELECT id, nextval('task_line') AS line
      FROM (SELECT id FROM task WHERE state = 'held' ORDER BY id FOR NO KEY UPDATE) h) q
WHERE t.id = q.id RETURNING t.id
;
UPDATE tenant SET policy_epoch = policy_epoch + 1 WHERE id = $1 RETURNING policy_epoch
;
WITH asked AS (
    UPDATE chat_turn SET cancel_requested = true,
        state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
        done_at = CASE WHEN state = 'running' THEN done_at ELSE now() END
    WHERE id = $1 AND actor = $2 AND state IN ('queued', 'running', 'waiting')
    RETURNING id, session_id, state),
numbered AS (
    UPDATE chat_session s SET sequence = s.sequence + $4::bigint, last_used_at = now() FROM asked
    WHERE s.id = asked.session_id AND asked.state = 'cancelled' RETURNING s.sequence),
stored AS (
    INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
    SELECT $3, session_id, sequence, id, $5::text::jsonb FROM asked, numbered)
SELECT state FROM asked
;
WITH candidate AS (
    SELECT t.id, CASE
        WHEN t.cancel_requested THEN 'cancelled'
        WHEN (SELECT e.closed_at IS NOT NULL FROM episode e WHERE e.id = t.episode_id) THEN 'cancelled'
        WHEN t.policy_id IS NULL AND $7 <= (
            SELECT count(*) FROM approval p WHERE p.requested_by = t.requested_by AND p.policy_id IS NULL
              AND p.created_at > now() - interval '1 hour') THEN 'failed'
        ELSE 'awaiting_approval' END AS becomes
    FROM task t WHERE t.id = $1 AND t.fence = $2 AND t.lease_until IS NOT NULL AND t.intent IS NULL
    FOR NO KEY UPDATE),
moved AS (
    UPDATE task t SET state = becomes, lease_owner = NULL, lease_until = NULL,
        attempt = attempt - (becomes = 'awaiting_approval')::int,
        stale_at = CASE becomes WHEN 'awaiting_approval' THEN now() + $6 * interval '1 ms' ELSE stale_at END,
        done_at = CASE WHEN becomes <> 'awaiting_approval' THEN now() END,
        reason = CASE becomes WHEN 'awaiting_approval' THEN 'Asks for approval: ' || $4::text
                              WHEN 'cancelled' THEN 'No longer wanted when its target was found'
                              ELSE requested_by || ' has asked for approval ' || $7 || ' times within an hour' END
    FROM candidate c WHERE t.id = c.id
    RETURNING t.*),
logged AS (
    INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
    SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM moved),
asked AS (
    INSERT INTO approval (tenant_id, task_id, tool, params, target_key, target, sentence, undo, evidence, episode_id,
                          policy_id, policy_revision, requested_by, needed, expires_at)
    SELECT tenant_id, id, tool, params, target_key, $3::text::jsonb, $4, $5::text::jsonb,
           (SELECT jsonb_build_object('labels', e.payload -> 'labels', 'starts_at', e.payload -> 'startsAt')
            FROM episode e WHERE e.id = m.episode_id),
           episode_id, policy_id, policy_revision, requested_by, approvals_needed, stale_at
    FROM moved m WHERE state = 'awaiting_approval')
SELECT m.state, n.id AS next FROM moved m LEFT JOIN LATERAL (
    SELECT id, state, next_run_at FROM task q
    WHERE q.target_key = m.target_key AND q.state IN ('queued', 'running') AND q.id <> m.id
    ORDER BY q.line LIMIT 1) n
ON n.state = 'queued' AND n.next_run_at <= now()
;
WITH candidate AS (
    SELECT t.id, t.state, t.intent IS NOT NULL AS sent, t.crashes + (t.state = 'running')::int AS crashes,
           a.worker, a.lease, a.ord,
           CASE WHEN t.cancel_requested THEN 'Cancelled'
                WHEN (SELECT e.closed_at IS NOT NULL FROM episode e WHERE e.id = t.episode_id) THEN 'The alert resolved'
                WHEN t.approvals_needed > 0 AND t.policy_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM policies o
    WHERE o.id = t.policy_id AND o.revision = t.policy_revision AND o.deleted_at IS NULL) THEN 'The policy that asked for it changed'
                WHEN t.stale_at <= now() THEN 'Too old'
                WHEN EXISTS (SELECT 1 FROM pause) THEN 'Paused' END AS stop
    FROM unnest($1::bigint[], $2::text[], $3::bigint[]) WITH ORDINALITY AS a(id, worker, lease, ord)
    CROSS JOIN LATERAL (SELECT * FROM task WHERE id = a.id OFFSET 0 FOR NO KEY UPDATE SKIP LOCKED) t
    WHERE (t.state = 'queued' AND t.next_run_at <= now() OR t.state = 'running'
            AND (t.lease_until < now() OR t.lease_until > now() + $4 * interval '1 ms'))
      AND t.line = (SELECT h.line FROM task h WHERE h.target_key = t.target_key
                    AND h.state IN ('queued', 'running') ORDER BY h.line LIMIT 1)),
verdict AS (
    SELECT *, CASE WHEN crashes >= 3 THEN 'dead' WHEN stop IS NULL OR sent THEN 'running'
                   WHEN stop = 'Too old' THEN 'expired' WHEN stop <> 'Paused' THEN 'cancelled'
                   WHEN state = 'queued' THEN 'held' ELSE 'queued' END AS becomes FROM candidate)
UPDATE task t SET state = becomes, crashes = v.crashes, attempt = attempt + (becomes = 'running')::int,
    fence = CASE becomes WHEN 'running' THEN nextval('task_fence') ELSE fence END,
    lease_owner = CASE becomes WHEN 'running' THEN v.worker END,
    lease_until = CASE becomes WHEN 'running' THEN now() + v.lease * interval '1 ms' END,
    started_at = CASE becomes WHEN 'running' THEN coalesce(started_at, now()) ELSE started_at END,
    done_at = CASE WHEN becomes IN ('dead', 'expired', 'cancelled') THEN now() END,
    reason = CASE becomes WHEN 'dead' THEN 'Three workers died over it' ELSE stop END
FROM verdict v WHERE t.id = v.id AND t.id = ANY ($1)
RETURNING v.ord, t.id, uid, t.state, reason, fence, tool, kind, target_key, params::text, intent::text, attempt,
    t.crashes, stop IS NULL AS may_act, dry_run, guards::text, requested_by, approvals_needed,
    CASE WHEN approvals_needed > 0 THEN (SELECT p.target::text FROM approval p WHERE p.task_id = t.id AND p.state = 'approved' AND p.used_at IS NULL) END AS approved
;
WITH ended AS (
    UPDATE task SET state = 'cancelled', reason = 'The alert resolved', done_at = now()
    WHERE id IN (SELECT task_id FROM decision WHERE episode_id = ANY ($1::uuid[]) AND task_id IS NOT NULL)
      AND state IN ('queued', 'held', 'awaiting_approval') AND intent IS NULL
    RETURNING tenant_id, id, tool, target_key, state, reason, attempt)
INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM ended
;
WITH expired AS (DELETE FROM document WHERE created_at < now() - interval '7 days')
INSERT INTO document (tenant_id, origin, content) VALUES ($1, $2, $3) RETURNING id
;
WITH held AS (
    UPDATE chat_turn SET lease_until = now() + make_interval(secs => $4::float8),
        ring_at = now() + make_interval(secs => $4::float8)
    WHERE id = $2 AND fence = $3 AND state = 'running'
    RETURNING session_id, actor, reply_to),
numbered AS (
    UPDATE chat_session s SET sequence = s.sequence + $5::bigint, last_used_at = now() FROM held
    WHERE s.id = held.session_id RETURNING s.sequence),
stored AS (
    INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
    SELECT $1, session_id, sequence, $2, $6::text::jsonb FROM held, numbered),
charged AS (
    INSERT INTO model_usage AS u (tenant_id, actor, day, tokens_in, tokens_out, cost_micros)
    SELECT $1, actor, (now() AT TIME ZONE 'UTC')::date, $7::bigint, $8::bigint, $9::bigint FROM held
    WHERE $7 + $8 + $9 > 0
    ON CONFLICT (tenant_id, actor, day) DO UPDATE SET tokens_in = u.tokens_in + excluded.tokens_in,
        tokens_out = u.tokens_out + excluded.tokens_out,
        cost_micros = u.cost_micros + excluded.cost_micros)
SELECT sequence, reply_to FROM held, numbered
;
WITH held AS (
    UPDATE chat_turn SET state = $4, reply = $10, lease_until = NULL, done_at = now()
    WHERE id = $2 AND fence = $3 AND state = 'running' RETURNING session_id, actor, reply_to),
numbered AS (
    UPDATE chat_session s SET sequence = s.sequence + $5::bigint, last_used_at = now() FROM held
    WHERE s.id = held.session_id RETURNING s.sequence),
stored AS (
    INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body)
    SELECT $1, session_id, sequence, $2, $6::text::jsonb FROM held, numbered),
told AS (
    INSERT INTO chat_history (tenant_id, session_id, role, content, turn_id)
    SELECT $1, session_id, 'assistant', $10, $2 FROM held),
charged AS (
    INSERT INTO model_usage AS u (tenant_id, actor, day, tokens_in, tokens_out, cost_micros)
    SELECT $1, actor, (now() AT TIME ZONE 'UTC')::date, $7::bigint, $8::bigint, $9::bigint FROM held
    WHERE $7 + $8 + $9 > 0
    ON CONFLICT (tenant_id, actor, day) DO UPDATE SET tokens_in = u.tokens_in + excluded.tokens_in,
        tokens_out = u.tokens_out + excluded.tokens_out,
        cost_micros = u.cost_micros + excluded.cost_micros)
SELECT sequence, reply_to FROM held, numbered
;
WITH intended AS (
    UPDATE task t SET intent = a.intent::jsonb
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY AS a(id, fence, intent, ord)
    WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
      AND (t.intent IS NULL OR t.intent = a.intent::jsonb)
      AND NOT t.cancel_requested AND t.stale_at > now() AND NOT EXISTS (SELECT 1 FROM pause)
      AND coalesce((SELECT e.closed_at IS NULL FROM episode e WHERE e.id = t.episode_id), true)
      AND (t.approvals_needed = 0 OR t.intent IS NOT NULL OR NOT (t.policy_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM policies o
    WHERE o.id = t.policy_id AND o.revision = t.policy_revision AND o.deleted_at IS NULL))
           AND EXISTS (SELECT 1 FROM approval p WHERE p.task_id = t.id AND p.state = 'approved' AND p.used_at IS NULL AND p.target = a.intent::jsonb))
    RETURNING a.ord, t.id, t.approvals_needed),
used AS (
    UPDATE approval p SET used_at = now() FROM intended t
    WHERE t.approvals_needed > 0 AND p.task_id = t.id AND p.state = 'approved' AND p.used_at IS NULL)
SELECT ord FROM intended
;
WITH moved AS (
    UPDATE task t SET state = a.state, outcome = coalesce(a.detail::jsonb, outcome), reason = a.summary,
        done_at = CASE WHEN a.state <> 'queued' THEN now() END, lease_owner = NULL, lease_until = NULL,
        next_run_at = now() + a.delay * interval '1 ms', ring_at = now() + a.delay * interval '1 ms',
        attempt = attempt - a.uncounted
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::int[], $6::text[], $7::text[])
         WITH ORDINALITY AS a(id, fence, state, delay, uncounted, summary, detail, ord)
    WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
    RETURNING t.tenant_id, t.id, tool, target_key, t.state, a.summary, attempt + a.uncounted AS attempt, a.ord),
logged AS (
    INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
    SELECT tenant_id, id, tool, target_key, state, summary, attempt FROM moved)
SELECT m.ord, m.state, n.id AS next FROM moved m LEFT JOIN LATERAL (
    SELECT id, state, next_run_at FROM task q
    WHERE q.target_key = m.target_key AND q.state IN ('queued', 'running') AND q.id <> m.id
    ORDER BY q.line LIMIT 1) n
ON m.state <> 'queued' AND n.state = 'queued' AND n.next_run_at <= now()
;
WITH n AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::int[]) AS n(id, state, ends_at, repeats)),
locked AS (SELECT id FROM episode WHERE tenant_id = $1 AND id IN (SELECT id FROM n) ORDER BY id FOR NO KEY UPDATE)
UPDATE episode e SET state = n.state, ends_at = n.ends_at, repeats = n.repeats,
    closed_at = CASE WHEN n.state <> 'firing' THEN now() END
FROM locked JOIN n USING (id) WHERE e.tenant_id = $1 AND e.id = locked.id
;
WITH opened AS (
    INSERT INTO episode (tenant_id, id, alert_key, seq, payload, state, ends_at, closed_at, repeats)
    SELECT $1, id, decode(key, 'hex'), seq, payload::jsonb, state, ends_at,
           CASE WHEN state <> 'firing' THEN now() END, repeats
    FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::int[])
         AS n(id, key, seq, payload, state, ends_at, repeats)
    RETURNING id)
INSERT INTO undecided (tenant_id, episode_id) SELECT $1, id FROM opened
;
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
ON CONFLICT (tenant_id, type, hostname) WHERE ip IS NULL DO UPDATE SET services = CASE WHEN excluded.services = '[]' THEN a.services ELSE excluded.services END,
attributes = a.attributes || excluded.attributes,
seen_by = CASE WHEN a.seen_by @> excluded.seen_by THEN a.seen_by ELSE a.seen_by || excluded.seen_by END,
last_seen = now()
;
WITH session AS (
    UPDATE chat_session SET turns = turns + 1, last_used_at = now() WHERE id = $2 RETURNING turns),
t AS (
    INSERT INTO chat_turn (tenant_id, session_id, number, actor, roles, message, reply_to)
    SELECT $1, $2, turns, $3, $4, $5, $6 FROM session RETURNING *),
told AS (
    INSERT INTO chat_history (tenant_id, session_id, role, content, turn_id)
    SELECT $1, $2, 'user', $5, id FROM t)
SELECT t.id, t.session_id, t.number, t.message, t.state, t.created_at, t.done_at FROM t
;
WITH taken AS (SELECT episode_id FROM undecided WHERE episode_id = ANY ($1::uuid[]) FOR UPDATE SKIP LOCKED),
gone AS (DELETE FROM undecided WHERE episode_id = ANY (ARRAY(SELECT episode_id FROM taken)))
SELECT id, closed_at IS NULL AS open FROM episode
WHERE id = ANY (ARRAY(SELECT episode_id FROM taken)) ORDER BY id FOR NO KEY UPDATE
