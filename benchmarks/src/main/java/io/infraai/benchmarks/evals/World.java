package io.infraai.benchmarks.evals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.infraai.simulators.alertmanager.SimulatedAlertmanager;
import io.infraai.simulators.grafana.SimulatedGrafana;
import io.infraai.simulators.http.HttpCall;
import io.infraai.simulators.kubernetes.ClusterConfig;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.simulators.prometheus.SimulatedPrometheus;
import io.infraai.simulators.vcenter.SimulatedVcenter;
import io.infraai.simulators.vcenter.VcenterConfig;

/** The simulated platforms. All but the vCenter are new for each scenario, at the addresses they had before. */
final class World implements AutoCloseable {

    private static final String USER = "infraai@vsphere.local";
    private static final List<String> MACHINES = List.of("web-01", "web-02", "db-01", "legacy-01", "batch-01");
    private static final Pattern POD = Pattern.compile("\\$\\{pod:([a-z0-9-]+)/([a-z0-9-]+)(?::(\\d+))?}");

    private final Path passwordFile;
    private final SimulatedVcenter vcenter;
    private final Map<String, String> powers = new HashMap<>();
    private Platforms platforms;

    private record Platforms(
            SimulatedCluster cluster,
            SimulatedPrometheus prometheus,
            SimulatedAlertmanager alertmanager,
            SimulatedGrafana grafana) {

        /** Ports of 0 are free ones. */
        static Platforms start(int cluster, int prometheus, int alertmanager, int grafana) {
            var kubernetes = SimulatedCluster.start(ClusterConfig.defaults().withPort(cluster));
            return new Platforms(
                    kubernetes,
                    SimulatedPrometheus.start(prometheus, kubernetes),
                    SimulatedAlertmanager.start(alertmanager),
                    SimulatedGrafana.start(grafana));
        }

        Platforms again() {
            var ports = List.of(cluster.port(), prometheus.port(), port(alertmanager.url()), port(grafana.url()));
            close();
            return start(ports.get(0), ports.get(1), ports.get(2), ports.get(3));
        }

        void close() {
            grafana.close();
            alertmanager.close();
            prometheus.close();
            cluster.close();
        }

        private static int port(String url) {
            return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
        }
    }

    World(Path home) {
        var word = UUID.randomUUID().toString();
        passwordFile = kept(home.resolve("vcenter.word"), word);
        vcenter = SimulatedVcenter.start(VcenterConfig.defaults(USER, word));
        MACHINES.forEach(machine -> powers.put(machine, vcenter.powerOf(machine)));
        platforms = Platforms.start(0, 0, 0, 0);
    }

    SimulatedCluster cluster() {
        return platforms.cluster();
    }

    SimulatedPrometheus prometheus() {
        return platforms.prometheus();
    }

    SimulatedAlertmanager alertmanager() {
        return platforms.alertmanager();
    }

    SimulatedGrafana grafana() {
        return platforms.grafana();
    }

    SimulatedVcenter vcenter() {
        return vcenter;
    }

    /** Everything as it was at the start. */
    void reset() {
        platforms = platforms.again();
        for (var machine : MACHINES) {
            vcenter.snapshotsOf(machine).forEach(snapshot -> vcenter.removeSnapshot(machine, snapshot));
            if (!vcenter.powerOf(machine).equals(powers.get(machine))) {
                if ("poweredOn".equals(powers.get(machine))) {
                    vcenter.powerOn(machine);
                } else {
                    vcenter.powerOff(machine);
                }
            }
        }
        vcenter.calls().clear();
    }

    /** What points InfraAI at them. */
    Map<String, String> asProperties() {
        var properties = new HashMap<String, String>();
        properties.put("infraai.policies.default-mode", "auto");
        Map.of(
                        "kubernetes", cluster().url(),
                        "prometheus", prometheus().url(),
                        "alertmanager", alertmanager().url(),
                        "grafana", grafana().url())
                .forEach((platform, url) -> {
                    properties.put("infraai." + platform + ".url", url);
                    properties.put("infraai.simulated." + platform, url);
                });
        properties.put("infraai.vmware.url", vcenter.url());
        properties.put("infraai.vmware.user", USER);
        properties.put("infraai.vmware.password-file", passwordFile.toString());
        properties.put("infraai.simulated.vcenter", vcenter.url());
        return properties;
    }

    /**
     * Puts names in the place of {@code ${pod:namespace/deployment}}, which is the deployment's oldest pod, and of
     * {@code ${pod:namespace/deployment:1}}, the next one.
     */
    String named(String text) {
        return POD.matcher(text).replaceAll(this::pod);
    }

    private String pod(MatchResult found) {
        var index = Optional.ofNullable(found.group(3)).map(Integer::parseInt).orElse(0);
        var pods = cluster().podsOf(found.group(1), found.group(2));
        if (index >= pods.size()) {
            throw new IllegalArgumentException("There is no pod " + found.group());
        }
        return pods.get(index);
    }

    /** What was changed through the platforms' APIs, by their own logs, a line each. */
    List<String> effects() {
        var lines = new ArrayList<String>();
        cluster().calls().effects().stream()
                .flatMap(call -> call.effects().stream())
                .forEach(effect -> lines.add("%s %s %s/%s %s"
                        .formatted(
                                effect.what().wireName(),
                                effect.resource(),
                                effect.namespace(),
                                effect.name(),
                                effect.detail())));
        alertmanager().calls().stream()
                .filter(call -> !call.method().equals("GET"))
                .forEach(call -> lines.add(silence(call)));
        grafana().calls().stream()
                .filter(call -> call.method().equals("POST"))
                .forEach(call -> lines.add("annotation-created " + call.body()));
        vcenter.calls()
                .effects()
                .forEach(effect -> lines.add(
                        effect.what().name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + effect.object()));
        return lines;
    }

    private static String silence(HttpCall call) {
        return call.method().equals("POST")
                ? "silence-created " + call.body()
                : "silence-ended " + call.path().substring(call.path().lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        platforms.close();
        vcenter.close();
    }

    /** As a real vCenter's would be: in a file that nobody else may read. */
    private static Path kept(Path file, String word) {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
