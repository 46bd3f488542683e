#!/usr/bin/env bash
# Writes deploy/kubernetes/*.yaml from the chart; with --check only says whether they are what the chart yields.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
chart="$root/helm/infraai"
target="$root/kubernetes"
# no manifest may depend on which cluster or which helm was at hand
kubernetes=1.31.0

render() {
  printf '# Made from deploy/helm/infraai by deploy/render.sh; edit the chart, or the values in its ci folder.\n'
  helm template infraai "$chart" --namespace infraai --skip-tests --kube-version "$kubernetes" --values "$chart/ci/$1.yaml" "${@:2}" |
    grep -v -e '^ *helm.sh/' -e 'app.kubernetes.io/managed-by: Helm' | sed -e 's/[[:space:]]*$//' |
    sed -e '/^  annotations:$/{N;/^  annotations:\n    /!s/^  annotations:\n//}'
}

check=false
[ "${1:-}" != --check ] || check=true
fresh="$(mktemp -d)"
trap 'rm -r "$fresh"' EXIT
for profile in minimal production demo; do
  render "$profile" >"$fresh/$profile.yaml"
done
if $check; then
  diff -ru "$target" "$fresh" || {
    printf 'deploy/kubernetes is stale: run deploy/render.sh\n' >&2
    exit 1
  }
else
  mkdir -p "$target"
  cp "$fresh"/*.yaml "$target/"
fi
