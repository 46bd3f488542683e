#!/usr/bin/env bash
# Makes random passwords for the users of Redis in a directory, a file for each, and the users files with their hashes; keeps the
# passwords that are there. Usage: users.sh DIRECTORY
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
target="${1:?Usage: users.sh DIRECTORY}"
mkdir -p -m 0700 "$target"
umask 077

hash() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1
}

fill() {
  local user script=""
  for user in $(sed -n 's/^user \([^ ]*\) on #.*/\1/p' "$@"); do
    [ -e "$target/$user" ] || LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c 43 >"$target/$user" || true
    script+="s/ #$user / #$(tr -d '\n' <"$target/$user" | hash) /;"
  done
  sed -e "$script" "$@"
}

fill "$here/users.acl" >"$target/users.acl"
fill "$here/users.acl" "$here/replication-users.acl" >"$target/users-and-replication.acl"
fill "$here/sentinel-users.acl" >"$target/sentinel-users.acl"
