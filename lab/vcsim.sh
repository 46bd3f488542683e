#!/usr/bin/env bash
# A vCenter, or a lone ESXi host: govmomi's simulator from Debian's library, as the program in lab/vcsim. Built without a
# network beyond Debian's.
set -euo pipefail

recipes="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
INFRAAI_LAB="$(realpath -m "${INFRAAI_LAB:-$recipes/../.infraai/lab}")"

# Not named like govmomi's own program, which may be in the PATH and takes other options.
program=lab-vcsim

present() {
  command -v "$program" >/dev/null 2>&1 || [ -x "$INFRAAI_LAB/bin/$program" ]
}

hint() {
  echo './infraai lab --build vcsim (Debian, as root; half a minute)'
}

build() {
  local path="$INFRAAI_LAB/vcsim"
  apt-get install -y --no-install-recommends golang-go golang-github-vmware-govmomi-dev
  mkdir -p "$path/src/lab" "$INFRAAI_LAB/bin"
  ln -sfn "$recipes/vcsim" "$path/src/lab/vcsim"
  GO111MODULE=off GOPATH="$path:/usr/share/gocode" go build -o "$INFRAAI_LAB/bin/$program" lab/vcsim
}

"$@"
