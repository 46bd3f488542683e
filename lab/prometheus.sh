#!/usr/bin/env bash
# A Prometheus, from Debian.
set -euo pipefail

present() {
  command -v prometheus >/dev/null 2>&1
}

hint() {
  echo 'apt-get install prometheus'
}

build() {
  apt-get install -y --no-install-recommends prometheus
}

"$@"
