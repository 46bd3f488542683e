#!/usr/bin/env bash
# An Alertmanager, from Debian.
set -euo pipefail

present() {
  command -v prometheus-alertmanager >/dev/null 2>&1
}

hint() {
  echo 'apt-get install prometheus-alertmanager'
}

build() {
  apt-get install -y --no-install-recommends prometheus-alertmanager
}

"$@"
