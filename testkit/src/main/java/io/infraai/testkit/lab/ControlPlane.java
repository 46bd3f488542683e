package io.infraai.testkit.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.Secret;

/**
 * A Kubernetes control plane: etcd, the API server with RBAC, its controllers and scheduler, on free ports of loopback. Nothing
 * runs pods; a {@link StandInKubelet} says that it does.
 */
public final class ControlPlane implements AutoCloseable {

    private static final String[] PROGRAMS = {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"};

    static final List<String> NODES = List.of("node-a", "node-b");

    /** What each tool needs to do its work, as the Helm chart grants it. */
    private static final Path RIGHTS = Path.of("..", "deploy", "helm", "infraai", "rbac.json");

    /** What an administrator adds to that: which kinds may be read, and changed, by the tools that know no kind. */
    private static final String ANY_KIND = """
            [{"apiGroups":[""],"resources":["pods","nodes","replicationcontrollers"],"verbs":["get","list"]},
             {"apiGroups":["apps"],"resources":["deployments","statefulsets","daemonsets","replicasets"],"verbs":["get","list"]},
             {"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list","create","patch","delete"]},
             {"apiGroups":["lab.example.com"],"resources":["*"],"verbs":["get","list","create","patch","delete"]}]""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable ControlPlane shared;

    private final Path home;
    private final int port = RealPeer.freePort();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Who may log in; the last has the rights that the tools need. */
    public enum User {
        ADMIN("admin", "system:masters"),
        CONTROLLERS("controllers", "system:masters"),
        SCHEDULER("system:kube-scheduler", ""),
        KUBELET("kubelet", "system:masters"),
        INFRAAI("infraai", "");

        private final String login;
        private final String group;

        User(String login, String group) {
            this.login = login;
            this.group = group;
        }
    }

    private ControlPlane(Path home) {
        this.home = home;
    }

    /** One for the whole test run, started at the first call; its tests keep to namespaces of their own. */
    public static synchronized ControlPlane shared() {
        RealPeer.assumeInstalled(PROGRAMS);
        var running = shared;
        if (running == null) {
            try {
                running = new ControlPlane(Files.createTempDirectory("infraai-control-plane-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "control-plane-stop"));
            running.start();
            shared = running;
        }
        return running;
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** The certificates that vouch for it, as PEM. */
    public Path authority() {
        return home.resolve("certs").resolve("apiserver.crt");
    }

    /** Holds what the user proves itself with. */
    public Path credential(User user) {
        return home.resolve(user.name());
    }

    public Path kubeconfig(User user) {
        return home.resolve(user.name() + ".kubeconfig");
    }

    public ApiServer as(User user) {
        try {
            return new ApiServer(url(), Trust.in(authority()), new Secret(Files.readString(credential(user))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() {
        try {
            writeFiles();
            var etcd = etcd();
            apiServer(etcd.url());
            controllers();
            scheduler();
            allowTools();
            parts.push(StandInKubelet.start(as(User.KUBELET), NODES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void allowTools() throws IOException {
        var rbac = "/apis/rbac.authorization.k8s.io/v1/";
        as(User.ADMIN).create(rbac + "clusterroles", role());
        as(User.ADMIN).create(rbac + "clusterrolebindings", """
                {"metadata":{"name":"infraai"},
                 "roleRef":{"kind":"ClusterRole","name":"infraai","apiGroup":"rbac.authorization.k8s.io"},
                 "subjects":[{"kind":"User","name":"infraai","apiGroup":"rbac.authorization.k8s.io"}]}""");
    }

    private static String role() throws IOException {
        var rules = JSON.createArrayNode();
        for (var tool : JSON.readTree(RIGHTS.toFile()).path("tools")) {
            for (var rule : tool.path("rules")) {
                rules.add(((ObjectNode) rule.deepCopy()).without("scope"));
            }
        }
        JSON.readTree(ANY_KIND).forEach(rules::add);
        var role = JSON.createObjectNode();
        role.putObject("metadata").put("name", "infraai");
        return role.<ObjectNode>set("rules", rules).toString();
    }

    private void writeFiles() throws IOException {
        var random = new SecureRandom();
        var logins = new StringBuilder();
        for (var user : User.values()) {
            var bearer = new BigInteger(128, random).toString(36);
            Files.writeString(credential(user), bearer);
            Files.writeString(kubeconfig(user), """
                    {"apiVersion":"v1","kind":"Config","current-context":"lab",
                     "clusters":[{"name":"lab","cluster":{"server":"%s","certificate-authority":"%s"}}],
                     "users":[{"name":"me","user":{"token":"%s"}}],
                     "contexts":[{"name":"lab","context":{"cluster":"lab","user":"me"}}]}
                    """.formatted(url(), authority(), bearer));
            logins.append("%s,%s,%s,\"%s\"%n".formatted(bearer, user.login, user.login, user.group));
        }
        Files.writeString(home.resolve("logins.csv"), logins);
        writeKeys();
    }

    /** Which sign the service accounts' tokens. */
    private void writeKeys() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var keys = generator.generateKeyPair();
            Files.writeString(
                    home.resolve("sa.key"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            Files.writeString(
                    home.resolve("sa.pub"), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private RealPeer etcd() {
        var clients = RealPeer.freePort();
        var client = "http://127.0.0.1:" + clients;
        var peer = "http://127.0.0.1:" + RealPeer.freePort();
        return part(
                        "etcd",
                        clients,
                        List.of(
                                "--data-dir=etcd",
                                "--unsafe-no-fsync",
                                "--listen-client-urls=" + client,
                                "--advertise-client-urls=" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=default=" + peer))
                .ready("/health");
    }

    private void apiServer(String etcd) {
        part(
                        "kube-apiserver",
                        port,
                        List.of(
                                "--etcd-servers=" + etcd,
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + port,
                                "--insecure-port=0",
                                "--cert-dir=certs",
                                "--service-cluster-ip-range=10.96.0.0/24",
                                "--service-account-key-file=sa.pub",
                                "--service-account-signing-key-file=sa.key",
                                "--service-account-issuer=https://kubernetes.default.svc",
                                "--authorization-mode=RBAC",
                                "--token-auth-file=logins.csv",
                                // a loopback address may not stand among the endpoints of its own service
                                "--endpoint-reconciler-type=none",
                                "--profiling=false"))
                .readyWhen(this::answers);
    }

    private boolean answers() {
        try {
            return Files.exists(authority())
                    && as(User.ADMIN).send("GET", "/readyz", "", "").code() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private void controllers() {
        var listen = RealPeer.freePort();
        part(
                "kube-controller-manager",
                listen,
                List.of(
                        "--kubeconfig=" + kubeconfig(User.CONTROLLERS),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + listen,
                        "--port=0",
                        "--cert-dir=certs",
                        "--service-account-private-key-file=sa.key",
                        "--leader-elect=false",
                        "--node-monitor-grace-period=1h",
                        "--pod-eviction-timeout=1h",
                        "--controllers=*,-csrsigning,-csrapproving,-csrcleaner,-bootstrapsigner,-tokencleaner"));
    }

    private void scheduler() {
        var listen = RealPeer.freePort();
        part(
                "kube-scheduler",
                listen,
                List.of(
                        "--kubeconfig=" + kubeconfig(User.SCHEDULER),
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + listen,
                        "--port=0",
                        "--cert-dir=certs",
                        "--leader-elect=false"));
    }

    private RealPeer part(String program, int listen, List<String> arguments) {
        var part = RealPeer.start(home, program, listen, arguments);
        parts.push(part);
        return part;
    }

    /** The last that was started goes first. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
