#!/usr/bin/env bash
# Makes the random secrets that compose.yaml names, in ./secrets; keeps those that are there.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
mkdir -p -m 0700 secrets
cd secrets

random() {
  LC_ALL=C tr -dc "$1" </dev/urandom | head -c "$2" || true
}

keep() {
  [ -e "$1" ] || cat >"$1"
}

# iai_<id>_<secret>_<CRC32 of the two>
key() {
  local id secret
  id="$(random a-z0-9 12)"
  secret="$(random A-Za-z0-9 43)"
  # gzip ends with the CRC and the length, four bytes each, the lowest first
  printf 'iai_%s_%s_%s\n' "$id" "$secret" \
    "$(printf '%s_%s' "$id" "$secret" | gzip -c | tail -c 8 | head -c 4 | od -An -tx1 | awk '{ print $4 $3 $2 $1 }')"
}

random A-Za-z0-9 32 | keep postgresql-superuser
random A-Za-z0-9 32 | keep postgresql-owner
random A-Za-z0-9 32 | keep postgresql-app
redis="$(random A-Za-z0-9 32)"
printf 'requirepass %s\nappendonly yes\nmaxmemory-policy noeviction\n' "$redis" | keep redis.conf
redis="$(sed -n 's/^requirepass //p' redis.conf)"
printf 'quarkus.datasource.password=%s\nquarkus.redis.password=%s\n' "$(cat postgresql-app)" "$redis" | keep services.properties
printf 'quarkus.flyway.password=%s\n' "$(cat postgresql-owner)" | keep migration.properties
random A-Za-z0-9 43 | keep pepper
key | keep admin.key
# compose mounts them as they are, and the services run as another user; the directory keeps others out
chmod 0444 ./*
