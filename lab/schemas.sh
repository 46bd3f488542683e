#!/usr/bin/env bash
# The types of today's Kubernetes API and of some operators' kinds, from npm: for what the server of lab/kubernetes.sh is too old for,
# or doesn't serve. They are somebody else's, and fetched, never kept here.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
home="${INFRAAI_LAB:-$root/.infraai/lab}/schemas"

packages=(
  typescript@5.9.3
  yaml@2.9.1
  kubernetes-models@5.1.0
  @kubernetes-models/keda@2.0.0
  @kubernetes-models/prometheus-operator@6.0.0
  @kubernetes-models/external-secrets@2.0.0
)

present() {
  local package
  command -v node >/dev/null 2>&1 || return 1
  for package in "${packages[@]}"; do
    [ "$(version "$home/node_modules/${package%@*}/package.json")" = "${package##*@}" ] || return 1
  done
}

version() {
  sed -n 's/^ *"version": *"\([^"]*\)".*/\1/p' "$1" 2>/dev/null | head -n 1
}

build() {
  command -v npm >/dev/null 2>&1 || {
    printf 'npm is not installed\n' >&2
    exit 1
  }
  mkdir -p "$home"
  # no install script is run: none of these needs one
  npm install --prefix "$home" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error "${packages[@]}"
  present
}

# A program of ours, from where it finds the packages.
run() {
  local program="$1"
  shift
  cp "$root"/lab/schemas/*.mjs "$home/"
  node "$home/$program.mjs" "$@"
}

case "${1:-}" in
  present) present ;;
  hint) printf './infraai lab --build schemas   (npm, node 20 or later; 60 MB)\n' ;;
  build) build ;;
  check | crds) run "$@" ;;
  *)
    printf 'usage: lab/schemas.sh present|hint|build|check <manifests|crds GROUP/VERSION/KIND…\n' >&2
    exit 2
    ;;
esac
