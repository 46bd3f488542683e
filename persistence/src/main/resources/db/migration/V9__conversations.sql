-- A session belongs to the user who began it. Its turns are worked on one at a time by any engine.
CREATE TABLE chat_session (
    tenant_id    text        NOT NULL REFERENCES tenant (id),
    id           text        NOT NULL CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
    owner        text        NOT NULL,
    title        text        NOT NULL,
    turns        int         NOT NULL DEFAULT 0,
    sequence     bigint      NOT NULL DEFAULT 0,       -- of the last stored event
    summary      text        NOT NULL DEFAULT '',      -- of the turns up to summarised
    summarised   int         NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX chat_session_of_owner ON chat_session (tenant_id, owner, last_used_at);

CREATE SEQUENCE chat_fence;     -- grows with every claim

CREATE TABLE chat_turn (
    tenant_id        text        NOT NULL,
    id               uuid        NOT NULL DEFAULT gen_random_uuid(),
    session_id       text        NOT NULL,
    number           int         NOT NULL,
    actor            text        NOT NULL,
    roles            text[]      NOT NULL,             -- at the time of asking: the turn can do no more than that
    message          text        NOT NULL,
    state            text        NOT NULL DEFAULT 'queued'
                                 CHECK (state IN ('queued', 'running', 'waiting', 'done', 'failed', 'cancelled')),
    reply            text,
    reply_to         text        NOT NULL,             -- the stream of the gateway instance that follows it
    attempt          int         NOT NULL DEFAULT 0,
    fence            bigint      NOT NULL DEFAULT 0,
    lease_until      timestamptz,
    ring_at          timestamptz NOT NULL DEFAULT now() + interval '3 seconds',
    cancel_requested boolean     NOT NULL DEFAULT false,
    created_at       timestamptz NOT NULL DEFAULT now(),
    done_at          timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (session_id, number, tenant_id),            -- not led by the tenant, as in V11
    FOREIGN KEY (tenant_id, session_id) REFERENCES chat_session (tenant_id, id),
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((done_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled')))
) WITH (fillfactor = 70);

CREATE INDEX chat_turn_due ON chat_turn (ring_at) WHERE state IN ('queued', 'running');
CREATE INDEX chat_turn_of_actor ON chat_turn (actor, created_at);

-- The legal moves, the same as in the contracts' TurnState; a test compares the two.
CREATE FUNCTION turn_may_move(before text, after text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT before || '>' || after = ANY (ARRAY[
        'queued>running', 'queued>cancelled', 'running>waiting', 'running>done', 'running>failed', 'running>cancelled',
        'waiting>queued', 'waiting>cancelled'])
$$;

CREATE FUNCTION refuse_turn_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Turn % can''t go from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER turn_moves BEFORE UPDATE OF state ON chat_turn FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND NOT turn_may_move(OLD.state, NEW.state))
    EXECUTE FUNCTION refuse_turn_move();

-- What happened in a turn, in order: its state, from which another engine goes on.
CREATE TABLE chat_event (
    tenant_id  text        NOT NULL,
    session_id text        NOT NULL,
    sequence   bigint      NOT NULL,
    turn_id    uuid        NOT NULL,
    body       jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (session_id, sequence, tenant_id),
    FOREIGN KEY (tenant_id, turn_id) REFERENCES chat_turn (tenant_id, id)
);
CREATE INDEX chat_event_of_turn ON chat_event (turn_id, sequence);

-- The tasks that a waiting turn waits for, and the state in which it last saw them.
CREATE TABLE chat_wait (
    tenant_id text   NOT NULL,
    turn_id   uuid   NOT NULL,
    task_id   bigint NOT NULL,
    seen      text   NOT NULL,
    PRIMARY KEY (tenant_id, turn_id, task_id),
    FOREIGN KEY (tenant_id, turn_id) REFERENCES chat_turn (tenant_id, id),
    FOREIGN KEY (tenant_id, task_id) REFERENCES task (tenant_id, id)
);
CREATE INDEX chat_wait_for_task ON chat_wait (tenant_id, task_id);

-- What a user's turns cost on a day (UTC).
CREATE TABLE model_usage (
    tenant_id   text   NOT NULL REFERENCES tenant (id),
    actor       text   NOT NULL,
    day         date   NOT NULL,
    tokens_in   bigint NOT NULL,
    tokens_out  bigint NOT NULL,
    cost_micros bigint NOT NULL,
    PRIMARY KEY (tenant_id, actor, day)
);

ALTER TABLE chat_history ADD COLUMN turn_id uuid;

ALTER TABLE chat_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_session FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON chat_session TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
ALTER TABLE chat_turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_turn FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON chat_turn TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON chat_turn TO infraai_owner USING (true) WITH CHECK (true);
ALTER TABLE chat_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON chat_event TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
ALTER TABLE chat_wait ENABLE ROW LEVEL SECURITY;
ALTER TABLE chat_wait FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON chat_wait TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));
CREATE POLICY owner_all ON chat_wait TO infraai_owner USING (true) WITH CHECK (true);
ALTER TABLE model_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON model_usage TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, UPDATE ON chat_session, chat_turn, model_usage TO infraai_app;
GRANT SELECT, INSERT ON chat_event TO infraai_app;
GRANT SELECT, INSERT, DELETE ON chat_wait TO infraai_app;
GRANT USAGE ON SEQUENCE chat_fence TO infraai_app;

-- Turns whose bell was lost or whose engine died, and those whose tasks moved on. Each costs what it finds.
CREATE FUNCTION sweep_turns(age interval, most int) RETURNS TABLE (tenant_id text, id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH due AS (
        SELECT t.tenant_id, t.id FROM public.chat_turn t
        WHERE t.state IN ('queued', 'running') AND t.ring_at <= now() AND (t.lease_until IS NULL OR t.lease_until < now())
        ORDER BY t.ring_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE public.chat_turn t SET ring_at = now() + age FROM due
    WHERE t.tenant_id = due.tenant_id AND t.id = due.id
    RETURNING t.tenant_id, t.id
$$;

CREATE FUNCTION sweep_waiting_turns(most int) RETURNS TABLE (tenant_id text, id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH moved AS (
        SELECT t.tenant_id, t.id FROM public.chat_turn t
        WHERE t.state = 'waiting' AND EXISTS (
            SELECT 1 FROM public.chat_wait w JOIN public.task k ON k.tenant_id = w.tenant_id AND k.id = w.task_id
            WHERE w.tenant_id = t.tenant_id AND w.turn_id = t.id AND k.state <> w.seen
              AND k.state IN ('awaiting_approval', 'done', 'failed', 'in_doubt', 'dead', 'expired', 'cancelled'))
        LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE public.chat_turn t SET state = 'queued', ring_at = now() + interval '3 seconds' FROM moved
    WHERE t.tenant_id = moved.tenant_id AND t.id = moved.id
    RETURNING t.tenant_id, t.id
$$;

CREATE INDEX chat_turn_waiting ON chat_turn (tenant_id, id) WHERE state = 'waiting';

REVOKE ALL ON FUNCTION sweep_turns(interval, int), sweep_waiting_turns(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_turns(interval, int), sweep_waiting_turns(int) TO infraai_app;
