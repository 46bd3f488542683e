package io.infraai.standalone;

import java.time.Duration;
import java.util.TreeSet;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says that everything is up and what to try, then waits for the end. */
class Application implements QuarkusApplication {

    private final int port;
    private final String adminKeyFile;
    private final String simulated;

    Application(
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "infraai.admin-key-file") String adminKeyFile,
            Config config) {
        this.port = port;
        this.adminKeyFile = adminKeyFile;
        this.simulated = config.unwrap(SmallRyeConfig.class)
                .getOptionalValues("infraai.simulated", String.class, String.class)
                .map(platforms -> String.join(", ", new TreeSet<>(platforms.keySet())))
                .orElse("");
    }

    @Override
    public int run(String... arguments) {
        System.out.println(banner());
        Quarkus.waitForExit();
        return 0;
    }

    private String banner() {
        var url = "http://localhost:" + port;
        return """

                InfraAI is up at %1$s, ready in %2$s.

                  Platforms   %3$s
                  Admin key   %4$s
                              it holds every role here, and the four-eyes rules are off: for trying out only

                Try, in another terminal:
                  ./infraai demo%5$s
                  curl -H "X-API-KEY: $(cat %4$s)" %1$s/api/alerts
                  curl -H "X-API-KEY: $(cat %4$s)" %1$s/api/status

                Ctrl-C stops it; the data stay.
                """.formatted(url, sinceStart(), platforms(), adminKeyFile, port == 8080 ? "" : " --port " + port);
    }

    private String platforms() {
        return simulated.isEmpty()
                ? "live: the kubeconfig and servers of the configuration; new policies only observe"
                : "simulated: " + simulated;
    }

    private static String sinceStart() {
        var started = Long.getLong("infraai.started-at", System.nanoTime());
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
    }
}
