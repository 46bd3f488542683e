-- What services of the schema's version 11 leave behind: every table, every state of a task, an approval, a session; two tenants.
INSERT INTO tenant (id, policy_epoch) VALUES ('acme', 3), ('globex', 0);

INSERT INTO policies (tenant_id, id, revision, epoch, document, updated_by, deleted_at) VALUES
    ('acme', 501, 2, 2, '{"name":"Restart crashed pod","condition":{"labels":{"alertname":"PodCrashLoop"}},
        "action":{"tool":"restart_pod","params":{"pod_name":"${label.pod}","namespace":"shop"}},"priority":10,"mode":"auto"}', 'anna', NULL),
    ('acme', 502, 3, 3, '{"name":"Old","condition":{"labels":{"alertname":"Old"}},"action":{"tool":"restart_pod","params":{}},
        "priority":100,"enabled":false}', 'ben', '2026-11-20T10:00:00Z');
INSERT INTO policy_revision (tenant_id, policy_id, revision, document, deleted, by)
    SELECT tenant_id, id, revision, document, deleted_at IS NOT NULL, updated_by FROM policies WHERE id IN (501, 502);

INSERT INTO episode (tenant_id, id, alert_key, seq, state, payload, opened_at, ends_at, closed_at, repeats) VALUES
    ('acme', '00000000-0000-0000-0000-0000000000e1', decode(repeat('a1', 32), 'hex'), 1, 'resolved',
        '{"status":"firing","labels":{"alertname":"PodCrashLoop","pod":"web-0"},"startsAt":"2026-11-20T08:00:00Z"}',
        '2026-11-20T08:00:01Z', '2026-11-20T08:10:00Z', '2026-11-20T08:10:01Z', 2),
    ('acme', '00000000-0000-0000-0000-0000000000e2', decode(repeat('a1', 32), 'hex'), 2, 'firing',
        '{"status":"firing","labels":{"alertname":"PodCrashLoop","pod":"web-0"},"annotations":{"summary":"Again"},
          "startsAt":"2026-11-20T09:00:00Z","fingerprint":"f00"}', '2026-11-20T09:00:01Z', NULL, NULL, 0),
    ('acme', '00000000-0000-0000-0000-0000000000e3', decode(repeat('a3', 32), 'hex'), 1, 'firing',
        '{"status":"firing","labels":{"alertname":"DiskFull"},"startsAt":"2026-11-20T09:30:00Z"}', now(), NULL, NULL, 0);
INSERT INTO alert_state (tenant_id, alert_key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, flaps) VALUES
    ('acme', decode(repeat('a1', 32), 'hex'), '00000000-0000-0000-0000-0000000000e2', 2, true,
        '2026-11-20T09:00:00Z', '2026-11-20T09:00:00Z', '2026-11-20T08:10:00Z', '2026-11-20T09:00:01Z', NULL, 1),
    ('acme', decode(repeat('a3', 32), 'hex'), '00000000-0000-0000-0000-0000000000e3', 1, true,
        '2026-11-20T09:30:00Z', '2026-11-20T09:30:00Z', NULL, now(), NULL, 0),
    ('globex', decode(repeat('b1', 32), 'hex'), NULL, 0, false, NULL, NULL, '2026-11-20T07:00:00Z', now(), now(), 0);
INSERT INTO undecided (tenant_id, episode_id) VALUES ('acme', '00000000-0000-0000-0000-0000000000e3');
INSERT INTO quarantine (tenant_id, reason, sample) VALUES ('globex', 'no labels', '{"status":"firing"}');

INSERT INTO task (tenant_id, idem_key, episode_id, policy_id, policy_revision, target_key, tool, kind, params, guards, state, reason, line,
                  attempt, fence, lease_owner, lease_until, max_age, stale_at, intent, outcome, requested_by, done_at, approvals_needed)
SELECT 'acme', 'v11:' || s.state || s.n, '00000000-0000-0000-0000-0000000000e2', 501, 2, 'pod/shop/' || s.state || s.n, 'restart_pod',
       'guarded', '{"pod_name":"web-0","namespace":"shop"}', '[]', s.state, s.reason, nextval('task_line'), s.attempt, s.attempt,
       CASE s.state WHEN 'running' THEN 'worker-7' END, CASE s.state WHEN 'running' THEN now() - interval '1 minute' END,
       interval '15 minutes', now() + interval '15 minutes', s.intent::jsonb,
       CASE s.state WHEN 'done' THEN '{"evicted":true}'::jsonb END, 'policy',
       CASE WHEN s.state IN ('done', 'failed', 'in_doubt', 'dead', 'expired', 'cancelled') THEN now() END, s.needed
FROM (VALUES ('queued', 1, NULL, 0, NULL, 0), ('queued', 2, 'not now', 1, '{"uid":"u-2"}', 0), ('running', 1, NULL, 1, NULL, 0),
             ('running', 2, NULL, 1, '{"uid":"u-4"}', 0), ('held', 1, 'Paused', 0, NULL, 0),
             ('awaiting_approval', 1, 'Asks for approval: Evict', 0, NULL, 1), ('done', 1, 'Evicted', 1, '{"uid":"u-7"}', 0),
             ('failed', 1, 'not_permitted', 5, NULL, 0), ('in_doubt', 1, 'No answer', 1, '{"uid":"u-9"}', 0),
             ('dead', 1, 'Three workers died over it', 3, NULL, 0), ('expired', 1, 'Too old', 0, NULL, 0),
             ('cancelled', 1, 'The alert resolved', 0, NULL, 0)) AS s(state, n, reason, attempt, intent, needed);
INSERT INTO task (tenant_id, idem_key, target_key, tool, kind, params, state, line, max_age, stale_at, requested_by) VALUES
    ('globex', 'anna:key-1', 'vm/db-1', 'restart_vm', 'one_shot', '{"vm":"db-1"}', 'queued', nextval('task_line'),
        interval '15 minutes', now() + interval '15 minutes', 'anna');
INSERT INTO decision (tenant_id, episode_id, policy_id, policy_revision, place, outcome, reason, task_id) VALUES
    ('acme', '00000000-0000-0000-0000-0000000000e2', 501, 2, 0, 'dispatched', 'matched',
        (SELECT id FROM task WHERE idem_key = 'v11:queued1')),
    ('acme', '00000000-0000-0000-0000-0000000000e1', 501, 1, 0, 'suppressed', 'cooling down', NULL);
INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
    SELECT tenant_id, id, tool, target_key, 'done', 'Evicted', 1 FROM task WHERE idem_key = 'v11:done1';
INSERT INTO pause (tenant_id, by, reason) VALUES ('globex', 'anna', 'maintenance');
INSERT INTO approval (tenant_id, task_id, tool, params, target_key, target, sentence, undo, evidence, episode_id, policy_id,
                      policy_revision, requested_by, needed, expires_at)
    SELECT tenant_id, id, tool, params, target_key, '{"uid":"u-6"}', 'Evict pod web-0', NULL, '{"labels":{}}', episode_id, policy_id,
           policy_revision, requested_by, 1, now() + interval '30 minutes' FROM task WHERE idem_key = 'v11:awaiting_approval1';
INSERT INTO approval_vote (tenant_id, approval_id, by, approve, comment) SELECT tenant_id, id, 'ben', true, 'go' FROM approval;

INSERT INTO api_key (tenant_id, id, name, hash, roles) VALUES ('acme', 'k1', 'ci', 'h', '{ingest}');
INSERT INTO tool (name, description, service, settled_at) VALUES ('restart_pod', '{"name":"restart_pod"}', 'worker', now());
INSERT INTO system_assets (tenant_id, ip, hostname, type, services, attributes, seen_by) VALUES
    ('acme', '10.0.0.7', 'db-1', 'virtual_machine', '[{"port":22,"name":"ssh"}]', '{"power":"on"}', '{vmware}'),
    ('acme', NULL, 'off-1', 'virtual_machine', '[]', '{}', '{vmware}');
INSERT INTO discovery (tenant_id, subnet, correlation_id, requested_by, total) VALUES ('acme', '10.0.0.0/24', 'c-1', 'anna', 256);
INSERT INTO document (tenant_id, origin, content) VALUES ('acme', 'list_pods', 'long');

INSERT INTO chat_session (tenant_id, id, owner, title, turns, sequence) VALUES ('acme', 's-1', 'anna', 'Why?', 3, 4096);
INSERT INTO chat_turn (tenant_id, id, session_id, number, actor, roles, message, state, reply, reply_to, attempt, fence, lease_until,
                       done_at) VALUES
    ('acme', '00000000-0000-0000-0000-0000000000c1', 's-1', 1, 'anna', '{viewer}', 'Why?', 'done', 'So.', 'infraai:{chat}:g1', 1, 1, NULL,
        now()),
    ('acme', '00000000-0000-0000-0000-0000000000c2', 's-1', 2, 'anna', '{viewer}', 'And?', 'running', NULL, 'infraai:{chat}:g1', 1, 2,
        now() - interval '1 minute', NULL),
    ('acme', '00000000-0000-0000-0000-0000000000c3', 's-1', 3, 'anna', '{viewer}', 'Fix it', 'waiting', NULL, 'infraai:{chat}:g1', 1, 3,
        NULL, NULL);
INSERT INTO chat_event (tenant_id, session_id, sequence, turn_id, body) VALUES
    ('acme', 's-1', 1024, '00000000-0000-0000-0000-0000000000c1', '{"type":"delta","text":"So."}');
INSERT INTO chat_wait (tenant_id, turn_id, task_id, seen)
    SELECT 'acme', '00000000-0000-0000-0000-0000000000c3', id, 'queued' FROM task WHERE idem_key = 'v11:queued1';
INSERT INTO chat_history (tenant_id, session_id, role, content, turn_id) VALUES
    ('acme', 's-1', 'user', 'Why?', '00000000-0000-0000-0000-0000000000c1');
INSERT INTO model_usage (tenant_id, actor, day, tokens_in, tokens_out, cost_micros) VALUES ('acme', 'anna', '2026-11-20', 10, 20, 30);
