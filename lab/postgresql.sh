#!/usr/bin/env bash
# PostgreSQL's own programs for backups, from Debian; those that come along with the tests have none.
set -euo pipefail

present() {
  command -v pg_config >/dev/null 2>&1 && [ -x "$(pg_config --bindir)/postgres" ] && return
  compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null
}

hint() {
  echo 'apt-get install postgresql'
}

build() {
  apt-get install -y --no-install-recommends postgresql
}

"$@"
