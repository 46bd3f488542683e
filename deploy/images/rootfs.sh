#!/usr/bin/env bash
# Lays out under target/images what each image holds: /opt/java with the modules that are needed, /opt/infraai with the
# application and the AOT cache of a rehearsal. Runs the same in a container file and on a Linux machine.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
images="$root/target/images"
services=(gateway healing engine worker standalone)
# what jdeps names but java.desktop, whose classes are asked for where nobody comes; and what one looks at a running JVM with
modules=java.base,java.compiler,java.logging,java.management,java.naming,java.net.http,java.rmi,java.security.jgss,java.sql
modules+=,jdk.management,jdk.unsupported,jdk.zipfs,jdk.jcmd,jdk.jfr
# of every file, since a cache knows its jars by size and time
time="$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$root/pom.xml")"

package() {
  mvn -B -ntp -q -f "$root/pom.xml" -pl standalone,benchmarks -am package -DskipTests -Dspotless.check.skip -Dcheckstyle.skip \
    -Dmdep.analyze.skip -Dinfraai.native-sources.skip=true -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=quarkus-aot
}

module() {
  case "$1" in
    gateway) echo api-gateway ;;
    *) echo "$1" ;;
  esac
}

# PostgreSQL, for one, wants its user to have a name.
users() {
  mkdir -p "$1/etc"
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n' >"$1/etc/passwd"
  printf 'infraai:x:10001:10001:InfraAI:/data:/sbin/nologin\n' >>"$1/etc/passwd"
  printf 'root:x:0:\nnogroup:x:65534:\ninfraai:x:10001:\n' >"$1/etc/group"
}

lay_out() {
  local service="$1" at="$images/$1"
  mkdir -p "$at/opt" "$at/tmp" "$at/data"
  users "$at"
  cp -al "$images/runtime" "$at/opt/java"
  cp -a "$root/$(module "$service")/target/quarkus-aot" "$at/opt/infraai"
  cp "$root/deploy/images/jvm.options" "$at/opt/infraai/"
  if [ "$service" = standalone ]; then
    echo '-Dinfraai.home=/data/infraai' >>"$at/opt/infraai/jvm.options"
  fi
  find "$at" -exec touch -h -d "$time" {} +
}

rehearse() {
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/benchmarks.classpath")" \
    io.infraai.benchmarks.start.Rehearsal "$images"
  # the cache is data, and knows no time
  touch -d "$time" "$images"/*/opt/infraai/infraai.aot
}

[ "$(uname -s)" = Linux ] || { echo 'images are made on Linux, or with a container engine: see docs/operations.md' >&2; exit 1; }
: "${JAVA_HOME:?is where the JDK is that the images get their Java from}"
package
rm -rf "$images"
mkdir -p "$images"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$images/runtime"
for service in "${services[@]}"; do
  lay_out "$service"
done
rehearse
touch "$images/made"
