#!/usr/bin/env bash
# The services of the release before, to be run on the schema of this one: built beside, from the last commit before the
# newest migration or the revision in INFRAAI_PREVIOUS.
set -euo pipefail

recipes="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
INFRAAI_LAB="$(realpath -m "${INFRAAI_LAB:-$recipes/../.infraai/lab}")"

modules="api-gateway healing worker engine"
migrations=persistence/src/main/resources/db/migration
target="$INFRAAI_LAB/previous"

present() {
  [ -f "$target/engine/target/quarkus-app/quarkus-run.jar" ]
}

hint() {
  echo './infraai lab --build upgrade (some minutes)'
}

revision() {
  cd "$recipes/.."
  local newest
  newest="$(git ls-files "$migrations/V*.sql" | sort -V | tail -n 1)"
  git rev-parse "$(git log --first-parent -m --diff-filter=A --format=%H -1 -- "$newest")^"
}

build() {
  local before tree module
  before="${INFRAAI_PREVIOUS:-$(revision)}"
  tree="$(mktemp -d)"
  # shellcheck disable=SC2064
  trap "rm -rf '$tree'" EXIT
  git -C "$recipes/.." archive "$before" | tar -x -C "$tree"
  (cd "$tree" && mvn -B -ntp -q -pl "${modules// /,}" -am package -DskipTests \
    -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip)
  rm -rf "$target"
  for module in $modules; do
    mkdir -p "$target/$module/target"
    cp -r "$tree/$module/target/quarkus-app" "$target/$module/target/"
  done
  printf 'Built %s\n' "$(git -C "$recipes/.." log -1 --format='%h %s' "$before" | tee "$target/revision")"
}

"$@"
