-- People who must agree before a task acts; 0 for none. It is asked for once a worker has found the target.
ALTER TABLE task ADD COLUMN approvals_needed int NOT NULL DEFAULT 0 CHECK (approvals_needed BETWEEN 0 AND 2);

-- A request to let one task act on one target, as it was found. Every change to it is made under its task's lock.
CREATE TABLE approval (
    tenant_id       text        NOT NULL,
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    task_id         bigint      NOT NULL,
    tool            text        NOT NULL,
    params          jsonb       NOT NULL,
    target_key      text        NOT NULL,
    target          jsonb       NOT NULL,                  -- becomes the task's intent, word for word
    sentence        text        NOT NULL,
    undo            jsonb,
    evidence        jsonb,
    episode_id      uuid,
    policy_id       bigint,
    policy_revision int,
    requested_by    text        NOT NULL,
    needed          int         NOT NULL CHECK (needed BETWEEN 1 AND 2),
    state           text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'approved', 'rejected', 'expired', 'withdrawn')),
    reason          text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    decided_at      timestamptz,
    used_at         timestamptz,                           -- the intent was stored: it lets nothing else go
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, task_id) REFERENCES task (tenant_id, id),
    CHECK ((state = 'open') = (decided_at IS NULL)),
    CHECK (used_at IS NULL OR state = 'approved')
);

CREATE UNIQUE INDEX one_usable_approval_per_task ON approval (tenant_id, task_id)
    WHERE state IN ('open', 'approved') AND used_at IS NULL;
CREATE INDEX approval_of_task ON approval (tenant_id, task_id, id);
CREATE INDEX approval_list ON approval (tenant_id, (state <> 'open'), (-id));
CREATE INDEX approval_of_asker ON approval (tenant_id, requested_by, created_at);

-- One for every person, whatever they say.
CREATE TABLE approval_vote (
    tenant_id   text        NOT NULL,
    approval_id bigint      NOT NULL,
    by          text        NOT NULL,
    approve     boolean     NOT NULL,
    comment     text,
    at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, approval_id, by),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approval (tenant_id, id)
);

-- However a task ends, nobody is asked about it any more and nothing is let go for it.
CREATE FUNCTION close_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE approval SET state = CASE NEW.state WHEN 'expired' THEN 'expired' ELSE 'withdrawn' END,
        reason = NEW.reason, decided_at = now()
    WHERE tenant_id = NEW.tenant_id AND task_id = NEW.id AND state IN ('open', 'approved') AND used_at IS NULL;
    RETURN NULL;
END
$$;

CREATE TRIGGER task_closes_approval AFTER UPDATE OF state ON task FOR EACH ROW
    WHEN (NEW.approvals_needed > 0 AND OLD.done_at IS NULL AND NEW.done_at IS NOT NULL)
    EXECUTE FUNCTION close_approval();

CREATE OR REPLACE FUNCTION sweep_stale_tasks(most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH stale AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state IN ('queued', 'held', 'awaiting_approval') AND t.intent IS NULL AND t.stale_at <= now()
        ORDER BY t.stale_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    ended AS (
        UPDATE public.task t SET state = 'expired', done_at = now(),
            reason = CASE t.state WHEN 'awaiting_approval' THEN 'Nobody approved it in time'
                                  ELSE 'Waited for longer than ' || t.max_age END
        FROM stale s WHERE t.tenant_id = s.tenant_id AND t.id = s.id
        RETURNING t.*),
    logged AS (
        INSERT INTO public.job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT e.tenant_id, e.id, e.tool, e.target_key, e.state, e.reason, e.attempt FROM ended e)
    SELECT count(*)::int FROM ended
$$;

ALTER TABLE approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE approval FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON approval TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
-- for tasks that sweepers end
CREATE POLICY owner_all ON approval TO infraai_owner USING (true) WITH CHECK (true);

ALTER TABLE approval_vote ENABLE ROW LEVEL SECURITY;
ALTER TABLE approval_vote FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON approval_vote TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, UPDATE ON approval TO infraai_app;
GRANT SELECT, INSERT ON approval_vote TO infraai_app;
