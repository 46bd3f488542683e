-- What tools returned and was too long to be handed on whole.
CREATE TABLE document (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL DEFAULT gen_random_uuid(),
    origin     text        NOT NULL,
    content    text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX document_age ON document (tenant_id, created_at);

ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON document TO infraai_app
    USING (tenant_id = nullif(current_setting('app.tenant', true), ''))
    WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), ''));

GRANT SELECT, INSERT, DELETE ON document TO infraai_app;
