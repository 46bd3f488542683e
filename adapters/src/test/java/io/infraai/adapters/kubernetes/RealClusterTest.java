package io.infraai.adapters.kubernetes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;
import io.infraai.testkit.lab.LabNamespace;

/** The tools with the rights that they need and no more, against a real control plane, each test in its own namespace. */
@Tag("lab")
abstract class RealClusterTest {

    ControlPlane plane;
    ApiServer admin;
    Clusters clusters;
    LabNamespace lab;
    String namespace;

    @BeforeEach
    void connect() {
        plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        namespace = "lab-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        lab = LabNamespace.create(admin, namespace);
        clusters = clusters(plane.credential(User.INFRAAI));
    }

    @AfterEach
    void leaveNothing() {
        if (clusters != null) {
            clusters.close();
            lab.close();
        }
    }

    Clusters clusters(Path credential) {
        return new Clusters(Configured.with(
                KubernetesConfig.class,
                Map.of(
                        "infraai.kubernetes.clusters.default.url",
                        plane.url().toString(),
                        "infraai.kubernetes.clusters.default.token-file",
                        credential.toString(),
                        "infraai.kubernetes.clusters.default.ca-file",
                        plane.authority().toString())));
    }

    static ConditionFactory soon() {
        return LabNamespace.soon();
    }

    List<String> uidsOf(String app) {
        return lab.pods(app).stream().map(RealClusterTest::uid).toList();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }
}
