# A native executable of gateway, healing, engine or worker. From the root of the repository:
# docker build -f deploy/images/native.Dockerfile --build-arg MODULE=engine -t infraai/engine:native .
# The gateway's module is api-gateway; standalone has no native variant, since it unpacks and starts servers.
FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS build
USER root
RUN microdnf install -y maven-openjdk21 && microdnf clean all
WORKDIR /build
COPY . .
ARG MODULE
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q -Pnative -pl ${MODULE} -am package -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dmdep.analyze.skip \
    && mkdir /out && cp ${MODULE}/target/*-runner /out/infraai

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
WORKDIR /opt/infraai
COPY --from=build /out/infraai ./
USER 10001:10001
EXPOSE 8080 9000
ENTRYPOINT ["/opt/infraai/infraai"]
