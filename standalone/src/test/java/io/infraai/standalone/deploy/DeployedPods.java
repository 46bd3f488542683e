package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.LabNamespace;

/**
 * Runs what a kubelet would run, as processes of this machine: with the environment, the files and the account that the installed
 * objects give the pods. Only addresses and paths differ, and the ports, which several processes would share.
 */
final class DeployedPods {

    private static final String MOUNTED = "/etc/infraai";

    private final ControlPlane plane;
    private final ApiServer admin;
    private final LabNamespace namespace;
    private final Path home;
    private final Map<String, String> addresses;

    /**
     * @param addresses by what the chart was told, where the servers really are, each as {@code host:port}
     */
    DeployedPods(
            ControlPlane plane, ApiServer admin, LabNamespace namespace, Path home, Map<String, String> addresses) {
        this.plane = plane;
        this.admin = admin;
        this.namespace = namespace;
        this.home = home;
        this.addresses = addresses;
    }

    /** A pod of the deployment, with its own account. */
    ServiceProcess start(String deployment, String module) {
        var spec = spec(deployment);
        return start(spec, spec.path("serviceAccountName").asText(), module);
    }

    /** A pod of the deployment that somebody gave another account. */
    ServiceProcess startAs(String account, String deployment, String module) {
        return start(spec(deployment), account, module);
    }

    /** Runs a container that ends by itself, such as a job's. */
    int run(JsonNode spec, String module) {
        return ServiceProcess.run(module, Map.of(), environment(spec, mount(spec)));
    }

    private JsonNode spec(String deployment) {
        return admin.get(namespace.apps("deployments/" + deployment)).at("/spec/template/spec");
    }

    private ServiceProcess start(JsonNode spec, String account, String module) {
        var root = mount(spec);
        Map<String, String> properties = new HashMap<>();
        if (spec.path("automountServiceAccountToken").asBoolean()) {
            properties.put(
                    "kubernetes.auth.serviceAccount.token", token(account, root).toString());
            properties.put("kubernetes.certs.ca.file", plane.authority().toString());
        }
        // this machine's own is none of the pod's
        properties.put("kubernetes.auth.tryKubeConfig", "false");
        var environment = environment(spec, root);
        environment.put("KUBERNETES_SERVICE_HOST", plane.url().getHost());
        environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(plane.url().getPort()));
        return ServiceProcess.start(module, properties, environment);
    }

    private Map<String, String> environment(JsonNode spec, Path root) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (var variable : spec.at("/containers/0/env")) {
            var key = variable.at("/valueFrom/secretKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    key.isMissingNode()
                            ? here(variable.path("value").asText(), root)
                            : secret(key.path("name").asText())
                                    .get(key.path("key").asText()));
        }
        return environment;
    }

    /** Writes what the volumes hold, and says below which directory. */
    private Path mount(JsonNode spec) {
        try {
            var root = Files.createTempDirectory(home, "pod-");
            for (var mount : spec.at("/containers/0/volumeMounts")) {
                var path = mount.path("mountPath").asText();
                var files = files(volume(spec, mount.path("name").asText()));
                var directory = Files.createDirectories(root.resolve(path.substring(1)));
                for (var file : files.entrySet()) {
                    Files.writeString(directory.resolve(file.getKey()), here(file.getValue(), root));
                }
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode volume(JsonNode spec, String name) {
        for (var volume : spec.path("volumes")) {
            if (volume.path("name").asText().equals(name)) {
                return volume;
            }
        }
        throw new IllegalStateException("There is no volume " + name);
    }

    private Map<String, String> files(JsonNode volume) {
        if (volume.has("secret")) {
            return secret(volume.at("/secret/secretName").asText());
        }
        Map<String, String> files = new LinkedHashMap<>();
        if (volume.has("configMap")) {
            admin.get(namespace.core(
                            "configmaps/" + volume.at("/configMap/name").asText()))
                    .path("data")
                    .properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        }
        return files;
    }

    private Map<String, String> secret(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        admin.get(namespace.core("secrets/" + name))
                .path("data")
                .properties()
                .forEach(value ->
                        values.put(value.getKey(), decoded(value.getValue().asText())));
        return values;
    }

    /** Which the controllers made for the account. */
    private Path token(String account, Path root) {
        var name = admin.get(namespace.core("serviceaccounts/" + account))
                .at("/secrets/0/name")
                .asText();
        try {
            return Files.writeString(root.resolve("token"), secret(name).get("token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String here(String text, Path root) {
        // a colon is escaped in a file of properties
        var told = text.replace("\\:", ":");
        for (var address : addresses.entrySet()) {
            told = told.replace(address.getKey(), address.getValue());
        }
        return told.replace(MOUNTED, root + MOUNTED);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
