#!/usr/bin/env bash
# Redis with its Sentinel, from Debian.
set -euo pipefail

present() {
  command -v redis-server >/dev/null 2>&1 && command -v redis-sentinel >/dev/null 2>&1
}

hint() {
  echo 'apt-get install redis-server redis-sentinel'
}

build() {
  apt-get install -y --no-install-recommends redis-server redis-sentinel
}

"$@"
