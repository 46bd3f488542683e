package io.infraai.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.infraai.simulators.alertmanager.SimulatedAlertmanager;
import io.infraai.simulators.grafana.SimulatedGrafana;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.simulators.prometheus.SimulatedPrometheus;
import io.infraai.simulators.vcenter.SimulatedVcenter;
import io.infraai.simulators.vcenter.VcenterConfig;

/** What InfraAI acts on: simulators on loopback, or whatever the configuration names. */
sealed interface Platforms extends AutoCloseable {

    int ANY_PORT = 0;

    String VCENTER_USER = "infraai@vsphere.local";

    Map<String, String> asProperties();

    @Override
    void close();

    /**
     * @param home where the password of the simulated vCenter is kept, as a real one's would be
     */
    static Platforms simulated(Path home) {
        var password = UUID.randomUUID().toString();
        var passwordFile = kept(home.resolve("vcenter.password"), password);
        var cluster = SimulatedCluster.start();
        return new Simulated(
                cluster,
                SimulatedPrometheus.start(ANY_PORT, cluster),
                SimulatedAlertmanager.start(ANY_PORT),
                SimulatedGrafana.start(ANY_PORT),
                SimulatedVcenter.start(VcenterConfig.defaults(VCENTER_USER, password)),
                passwordFile);
    }

    static Platforms live() {
        return new Live();
    }

    private static Path kept(Path file, String password) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.writeString(file, password);
        } catch (IOException e) {
            throw new UncheckedIOException("The password of the simulated vCenter can't be written to " + file, e);
        }
    }

    record Simulated(
            SimulatedCluster cluster,
            SimulatedPrometheus prometheus,
            SimulatedAlertmanager alertmanager,
            SimulatedGrafana grafana,
            SimulatedVcenter vcenter,
            Path passwordFile)
            implements Platforms {

        @Override
        public Map<String, String> asProperties() {
            var properties = new HashMap<String, String>();
            properties.put("infraai.policies.default-mode", "auto");
            Map.of(
                            "kubernetes", cluster.url(),
                            "prometheus", prometheus.url(),
                            "alertmanager", alertmanager.url(),
                            "grafana", grafana.url())
                    .forEach((platform, url) -> {
                        properties.put("infraai." + platform + ".url", url);
                        properties.put("infraai.simulated." + platform, url);
                    });
            properties.put("infraai.vmware.url", vcenter.url());
            properties.put("infraai.vmware.user", VCENTER_USER);
            properties.put("infraai.vmware.password-file", passwordFile.toString());
            properties.put("infraai.simulated.vcenter", vcenter.url());
            return properties;
        }

        @Override
        public void close() {
            vcenter.close();
            grafana.close();
            alertmanager.close();
            prometheus.close();
            cluster.close();
        }
    }

    record Live() implements Platforms {

        @Override
        public Map<String, String> asProperties() {
            return Map.of();
        }

        @Override
        public void close() {
            // nothing of ours was started
        }
    }
}
