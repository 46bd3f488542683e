-- The task table is the queue and the truth about it; a stream entry only says that it is worth a look.

CREATE SEQUENCE task_line;      -- place in a target's line, given on entering the queue and kept on a retry
CREATE SEQUENCE task_fence;     -- grows with every claim

CREATE TABLE task (
    tenant_id        text        NOT NULL,
    id               bigint      GENERATED ALWAYS AS IDENTITY,
    uid              uuid        NOT NULL DEFAULT gen_random_uuid(),
    idem_key         text        NOT NULL,
    episode_id       uuid,
    policy_id        bigint,
    policy_revision  int,
    target_key       text        NOT NULL CHECK (target_key <> ''),
    tool             text        NOT NULL,
    kind             text        NOT NULL CHECK (kind IN ('reading', 'guarded', 'one_shot')),
    params           jsonb       NOT NULL,
    guards           jsonb       NOT NULL DEFAULT '[]',
    dry_run          boolean     NOT NULL DEFAULT false,
    state            text        NOT NULL CHECK (state IN ('awaiting_approval', 'held', 'queued', 'running', 'done', 'failed',
                                                           'in_doubt', 'dead', 'expired', 'cancelled')),
    reason           text,
    line             bigint,
    attempt          int         NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    crashes          int         NOT NULL DEFAULT 0,
    fence            bigint      NOT NULL DEFAULT 0,
    lease_owner      text,
    lease_until      timestamptz,
    next_run_at      timestamptz NOT NULL DEFAULT now(),
    ring_at          timestamptz NOT NULL DEFAULT now() + interval '3 seconds',  -- by then its bell was heard, or was lost
    max_age          interval    NOT NULL,
    stale_at         timestamptz NOT NULL,                  -- may not start any more
    cancel_requested boolean     NOT NULL DEFAULT false,
    intent           jsonb,
    outcome          jsonb,
    requested_by     text        NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    done_at          timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, idem_key),
    FOREIGN KEY (tenant_id, episode_id) REFERENCES episode (tenant_id, id),
    CHECK (state NOT IN ('queued', 'running') OR line IS NOT NULL),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((done_at IS NOT NULL) = (state IN ('done', 'failed', 'in_doubt', 'dead', 'expired', 'cancelled')))
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX one_running_per_target ON task (tenant_id, target_key) WHERE state = 'running';
CREATE INDEX task_line_of_target ON task (tenant_id, target_key, line) WHERE state IN ('queued', 'running');
CREATE INDEX task_due ON task (ring_at) WHERE state = 'queued';
CREATE INDEX task_stale ON task (stale_at) WHERE state IN ('queued', 'held', 'awaiting_approval');
CREATE INDEX task_waiting ON task (tenant_id, id) WHERE state IN ('held', 'awaiting_approval');
CREATE INDEX task_history_of_target ON task (tenant_id, target_key, created_at) WHERE policy_id IS NOT NULL;

-- The legal moves, the same as in the contracts' TaskState; a test compares the two.
CREATE FUNCTION task_may_move(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT before || '>' || after = ANY (ARRAY[
        'awaiting_approval>queued', 'awaiting_approval>expired', 'awaiting_approval>cancelled', 'awaiting_approval>failed',
        'held>queued', 'held>expired', 'held>cancelled', 'held>failed',
        'queued>running', 'queued>held', 'queued>expired', 'queued>cancelled',
        'running>queued', 'running>awaiting_approval', 'running>done', 'running>failed', 'running>in_doubt',
        'running>dead', 'running>expired', 'running>cancelled',
        'failed>queued', 'dead>queued', 'expired>queued', 'in_doubt>queued'])
$$;

CREATE FUNCTION refuse_task_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Task % can''t go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER task_moves BEFORE UPDATE OF state ON task FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND NOT task_may_move(OLD.state, NEW.state))
    EXECUTE FUNCTION refuse_task_move();

-- One for every policy that matched, whatever came of it.
CREATE TABLE decision (
    tenant_id       text        NOT NULL,
    episode_id      uuid        NOT NULL,
    policy_id       bigint      NOT NULL,
    policy_revision int         NOT NULL,
    place           int         NOT NULL,         -- policies in the order in which they were asked
    outcome         text        NOT NULL CHECK (outcome IN ('dispatched', 'awaiting_approval', 'held', 'suppressed', 'rejected',
                                                            'observed', 'superseded')),
    reason          text        NOT NULL,
    task_id         bigint,
    decided_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, episode_id, policy_id),
    FOREIGN KEY (tenant_id, episode_id) REFERENCES episode (tenant_id, id),
    FOREIGN KEY (tenant_id, task_id) REFERENCES task (tenant_id, id),
    CHECK (task_id IS NULL OR outcome IN ('dispatched', 'awaiting_approval', 'held'))
);

CREATE TABLE job_logs (
    tenant_id  text        NOT NULL,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    task_id    bigint      NOT NULL,
    action     text        NOT NULL,
    target     text        NOT NULL,
    status     text        NOT NULL,
    result     text,
    attempt    int         NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, task_id, id),
    FOREIGN KEY (tenant_id, task_id) REFERENCES task (tenant_id, id)
);

-- A row while the tenant's actions are paused.
CREATE TABLE pause (
    tenant_id text        PRIMARY KEY REFERENCES tenant (id),
    since     timestamptz NOT NULL DEFAULT now(),
    by        text        NOT NULL,
    reason    text
);

ALTER TABLE task ENABLE ROW LEVEL SECURITY;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON task TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON task TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE decision ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON decision TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON decision TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE job_logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_logs FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON job_logs TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON job_logs TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE pause ENABLE ROW LEVEL SECURITY;
ALTER TABLE pause FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON pause TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, UPDATE ON task TO infraai_app;
GRANT SELECT, INSERT ON decision, job_logs TO infraai_app;
GRANT SELECT, INSERT, DELETE ON pause TO infraai_app;
GRANT USAGE ON SEQUENCE task_line, task_fence TO infraai_app;
