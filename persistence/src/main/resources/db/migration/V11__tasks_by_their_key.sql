-- To a server whose statistics don't know a tenant yet, all that begins with the tenant looks equally short: it then may read the
-- whole of a tenant's queue by this key in place of one task by its own.
ALTER TABLE task DROP CONSTRAINT task_tenant_id_idem_key_key;
ALTER TABLE task ADD UNIQUE (idem_key, tenant_id);
