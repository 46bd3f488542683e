# Healing, and the migrations. From the root of the repository: docker build -f deploy/images/healing.Dockerfile -t infraai/healing .
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -q -Dmaven.repo.local=/m2 -pl healing -am package -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip

FROM eclipse-temurin:25-jre
WORKDIR /opt/infraai
COPY --from=build /build/healing/target/quarkus-app/ ./
# Classes as they are after the first steps of the start, for which no server is needed. Must be recorded by the Java that uses
# it, with the same collector and in the same directory
RUN QUARKUS_INIT_AND_EXIT=true QUARKUS_FLYWAY_MIGRATE_AT_START=false \
    QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://localhost:1/none QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://localhost:1/none \
    QUARKUS_REDIS_HOSTS=redis://localhost:1 \
    java -XX:AOTCacheOutput=infraai.aot -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -jar quarkus-run.jar
USER 10001:10001
EXPOSE 9000
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:AOTCache=infraai.aot", "-jar", "quarkus-run.jar"]
