# All in one process with embedded servers, to look at. From the root of the repository: docker build -f deploy/images/standalone.Dockerfile -t infraai/standalone .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -q -Dmaven.repo.local=/m2 -pl standalone -am package -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip \
    -Dinfraai.services.skip=true

FROM eclipse-temurin:25-jre
# PostgreSQL wants its user to have a name
RUN useradd --uid 10001 --home-dir /data --no-create-home infraai && install -d -o 10001 -g 10001 /data
WORKDIR /opt/infraai
COPY --from=build /build/standalone/target/quarkus-app/ ./
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dinfraai.home=/data/infraai", "-jar", "quarkus-run.jar"]
