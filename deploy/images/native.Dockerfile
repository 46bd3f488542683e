# A native executable of gateway, healing, engine or worker. From the root of the repository:
# docker build -f deploy/images/native.Dockerfile --build-arg MODULE=engine -t infraai/engine:native .
# The gateway's module is api-gateway; standalone has no native variant, since it unpacks and starts servers.
FROM maven:3.9-eclipse-temurin-25 AS sources
WORKDIR /build
COPY . .
# all of them at once, so that the next one finds this step done
RUN --mount=type=cache,target=/m2 \
    mvn -B -ntp -q -Dmaven.repo.local=/m2 -pl api-gateway,healing,engine,worker -am package -DskipTests -Dspotless.check.skip \
    -Dcheckstyle.skip -Dmdep.analyze.skip

FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS build
ARG MODULE
WORKDIR /project
COPY --from=sources --chown=quarkus:quarkus /build/${MODULE}/target/native-sources/ ./
RUN native-image $(cat native-image.args) && mv ./*-runner infraai

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
WORKDIR /opt/infraai
COPY --from=build /project/infraai ./
USER 10001:10001
EXPOSE 8080 9000
ENTRYPOINT ["/opt/infraai/infraai"]
