#!/usr/bin/env bash
# Makes the database and its two roles, when PostgreSQL's data are new.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner="$(cat /run/secrets/postgresql-owner)" --set=app="$(cat /run/secrets/postgresql-app)" <<'SQL'
CREATE ROLE infraai_owner LOGIN PASSWORD :'owner';
CREATE ROLE infraai_app LOGIN PASSWORD :'app';
CREATE DATABASE infraai OWNER infraai_owner;
REVOKE ALL ON DATABASE infraai FROM PUBLIC;
GRANT CONNECT ON DATABASE infraai TO infraai_app;
\connect infraai
ALTER SCHEMA public OWNER TO infraai_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO infraai_app;
SQL
