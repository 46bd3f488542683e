#!/usr/bin/env bash
# Makes images as files that docker load, podman load and skopeo take, without a container engine.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
images="$root/target/images"
base=""
repository=infraai
only=()

die() {
  printf 'infraai: %s\n' "$1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case "$1" in
    --base) base="${2:?--base wants an image, tar:FILE or host}"; shift 2 ;;
    --repository) repository="${2:?--repository wants a name}"; shift 2 ;;
    gateway | healing | engine | worker | standalone) only+=("$1"); shift ;;
    *) die "'$1' is none of gateway, healing, engine, worker and standalone, nor --base or --repository" ;;
  esac
done
[ ${#only[@]} -gt 0 ] || only=(gateway healing engine worker standalone)

case "$(uname -m)" in
  x86_64) architecture=amd64 ;;
  aarch64 | arm64) architecture=arm64 ;;
  *) die "no image is known for $(uname -m)" ;;
esac

# The base as jib names it. standalone unpacks and starts servers, for which it wants a shell and uname.
base_of() {
  case "$base" in
    host) echo scratch ;;
    tar:*) echo "tar://$(realpath "${base#tar:}")" ;;
    "") if [ "$1" = standalone ]; then echo eclipse-temurin:25-jre; else echo gcr.io/distroless/base-debian12; fi ;;
    *) echo "$base" ;;
  esac
}

# What the programs of an image are linked to, from this machine.
host_libraries() {
  local at="$images/$1" names=(libc.so.6 libnss_files.so.2 libnss_dns.so.2) programs=()
  if [ "$1" = standalone ]; then
    names+=(libstdc++.so.6 libgcc_s.so.1 libssl.so.3 libcrypto.so.3)
    programs=(sh uname)
  fi
  {
    find "$at/opt/java" -type f \( -name '*.so' -o -perm -u=x \) -exec ldd {} + 2>/dev/null | grep -o ' /[^ ]*' | grep -v "$images" || true
    find "$at/opt/java/bin" -type f -exec ldd {} + | sed -n 's:^[[:space:]]*\(/lib[^ ]*/ld-[^ ]*\).*:\1:p'
    local name
    for name in "${names[@]}"; do
      ldconfig -p | sed -n "s:^[[:space:]]*$name (.*$(uname -m | tr _ -).*) => ::p" | head -n 1
    done
    for name in "${programs[@]}"; do
      echo "/bin/$name"
      ldd "/bin/$name" | grep -o ' /[^ ]*'
    done
  } | sort -u | while read -r library; do
    mkdir -p "$at$(dirname "$library")"
    cp -L "$library" "$at$library"
  done
}

"$root/deploy/images/rootfs.sh"
mkdir -p "$images/jib/classes"
for service in "${only[@]}"; do
  [ "$base" != host ] || host_libraries "$service"
  mvn -B -ntp -q -f "$root/deploy/images/pom.xml" jib:buildTar -Dimage.service="$service" -Dimage.base="$(base_of "$service")" \
    -Dimage.repository="$repository" -Dimage.architecture="$architecture"
  printf '%s  %s/%s\n' "$(du -h "$images/infraai-$service.tar" | cut -f 1)" "target/images" "infraai-$service.tar"
done
