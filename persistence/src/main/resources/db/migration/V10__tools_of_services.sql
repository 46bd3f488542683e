-- Each service that runs tools tells of its own. A tool is known as long as some instance of a service has renewed it not long
-- before the service's newest settled renewal; so it goes when all instances stop to offer it, and stays when all are away.
ALTER TABLE tool
    ADD COLUMN service    text NOT NULL DEFAULT 'worker',
    ADD COLUMN settled_at timestamptz;   -- when an instance renewed it that has run for long enough to know all that it offers

ALTER TABLE tool DROP CONSTRAINT tool_pkey;
ALTER TABLE tool ADD PRIMARY KEY (name, service);
ALTER TABLE tool ALTER COLUMN service DROP DEFAULT;
