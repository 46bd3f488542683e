#!/usr/bin/env bash
# A Kubernetes control plane: etcd, and the API server, controllers and scheduler from Debian's source package, which
# Debian itself ships no programs of. Built without a network beyond Debian's: its dependencies are vendored.
set -euo pipefail

components=(kube-apiserver kube-controller-manager kube-scheduler)
work="$INFRAAI_LAB/kubernetes"
log="$INFRAAI_LAB/kubernetes.log"

present() {
  local program
  for program in etcd "${components[@]}"; do
    command -v "$program" >/dev/null 2>&1 || return 1
  done
}

hint() {
  echo './infraai lab --build kubernetes (Debian, as root; 6 to 20 minutes, 2.5 GB while it builds)'
}

say() {
  printf '%s  %s\n' "$(date +%H:%M:%S)" "$1"
}

# The machine's package sources, turned to source packages, without touching its own lists.
apt_source() {
  apt-get -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/sources" \
    -o Dir::State::lists="$work/lists" -o APT::Sandbox::User=root "$@"
}

source_lists() {
  local list
  mkdir -p "$work/sources" "$work/lists/partial"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    [ ! -f "$list" ] || sed -e 's/^Types:.*/Types: deb-src/' -e 's/^deb /deb-src /' "$list" >"$work/sources/${list##*/}"
  done
}

install_tools() {
  apt-get -q update
  DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
    build-essential dpkg-dev golang-go rsync jq etcd-server golang-github-modern-go-reflect2-dev
}

fetch() {
  source_lists
  apt_source update
  (cd "$work" && apt_source source kubernetes)
}

# Since Go 1.18 the API server dies on its first custom resource with the reflect2 that is vendored.
replace_reflect2() {
  rm -rf vendor/github.com/modern-go/reflect2
  cp -r /usr/share/gocode/src/github.com/modern-go/reflect2 vendor/github.com/modern-go/
  rm -f vendor/github.com/modern-go/reflect2/{go.mod,unsafe_link_gccgo.go}
}

# Without the clients of the clouds, which take long to compile and which nobody here asks.
compile() {
  mkdir -p .go/src/k8s.io
  ln -sfn ../../.. .go/src/k8s.io/kubernetes
  GOPATH="$PWD/.go" HOME="$PWD/.home" CGO_ENABLED=0 GOFLAGS='-mod=vendor -tags=providerless' GOPROXY=off KUBE_GIT_VERSION=v1.20.2 \
    make WHAT="${components[*]/#/cmd/}" GOLDFLAGS='-s -w'
}

# Runs a step with its output in the log, and a sign of life each minute.
step() {
  local what="$1" pid began=$SECONDS
  shift
  say "$what"
  "$@" >>"$log" 2>&1 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if [ $(((SECONDS - began) % 60)) -eq 0 ]; then
      say "  … for $(((SECONDS - began) / 60)) min"
    fi
  done
  if ! wait "$pid"; then
    tail -n 20 "$log" >&2
    echo "that failed; the whole log is in $log" >&2
    exit 1
  fi
}

build() {
  if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
    echo 'this builds on Debian, with apt-get and as root' >&2
    exit 1
  fi
  rm -rf "$work"
  mkdir -p "$work"
  : >"$log"
  step 'Installing Go, etcd and what else the build needs' install_tools
  step "Fetching Debian's source package" fetch
  cd "$work"/kubernetes-1.*/
  step 'Replacing a dependency that today'"'"'s Go breaks' replace_reflect2
  step 'Compiling' compile
  mv "${components[@]/#/_output/local/go/bin/}" "$INFRAAI_LAB/bin/"
  cd "$INFRAAI_LAB"
  rm -rf "$work"
  say "Done: $INFRAAI_LAB/bin"
}

"$@"
