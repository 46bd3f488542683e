package io.infraai.simulators.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/**
 * A Kubernetes cluster on loopback: it answers as a real API server does, its controllers and kubelets act on what is
 * written, and it remembers every call. All methods are thread-safe; what they do is not in the {@link CallLog}.
 */
public final class SimulatedCluster implements AutoCloseable {

    private static final String ANY_IMAGE = "registry.example.com/simulated:1";

    private final Vertx vertx;
    private final ClusterState state;
    private final Workloads workloads;
    private final AccessControl access;
    private final CallLog calls;
    private final Faults faults = new Faults();
    private final HttpServer server;

    private SimulatedCluster(ClusterConfig config) {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        state = new ClusterState(
                config, (delay, action) -> vertx.setTimer(Math.max(1, delay.toMillis()), _ -> action.run()));
        workloads = new Workloads(state);
        access = new AccessControl(config);
        calls = new CallLog(config.callLogSize());
        var api = new HttpApi(vertx, state, access, calls, faults, config.clock());
        var control = new ControlApi(this);
        // no upgrade to HTTP/2: a lost connection must be that of one call
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(config.port())
                        .setHttp2ClearTextEnabled(false)
                        .setMaxHeaderSize(64 * 1024))
                .requestHandler(request -> {
                    if (request.path().startsWith("/simulator/")) {
                        control.handle(request);
                    } else {
                        api.handle(request);
                    }
                });
        workloads.foundations();
        if (config.seeded()) {
            workloads.examples();
        }
    }

    public static SimulatedCluster start() {
        return start(ClusterConfig.defaults());
    }

    /** @throws IllegalStateException when the port can't be had */
    public static SimulatedCluster start(ClusterConfig config) {
        var cluster = new SimulatedCluster(config);
        var listening = awaited(cluster.server.listen());
        if (listening.failed()) {
            cluster.close();
            throw new IllegalStateException("Can't listen on port " + config.port(), listening.cause());
        }
        return cluster;
    }

    /** The master URL for a client, without a trailing slash. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.actualPort();
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    /** Copies of the objects of a kind, by its plural such as {@code pods}; of all namespaces when that is empty. */
    public List<ObjectNode> objects(String plural, String namespace) {
        var kind = kind(plural);
        return state.call(() ->
                state.store().list(kind, namespace.isEmpty() && kind.namespaced() ? null : namespace).stream()
                        .map(Stored::draft)
                        .toList());
    }

    /** A copy of an object as it is now. */
    public Optional<ObjectNode> object(String plural, String namespace, String name) {
        var key = new ObjectKey(kind(plural), namespace, name);
        return state.call(() -> Optional.ofNullable(state.store().get(key)).map(Stored::draft));
    }

    /** The names of a deployment's pods that aren't terminating, oldest first. */
    public List<String> podsOf(String namespace, String deployment) {
        return state.call(() -> state.kubelet().podsOf(deployment(namespace, deployment)).stream()
                .map(pod -> pod.key().name())
                .toList());
    }

    public void addNamespace(String name) {
        workloads.namespace(name);
    }

    public void addDeployment(String namespace, String name, int replicas) {
        workloads.deployment(namespace, name, replicas, ANY_IMAGE);
    }

    /** Adds a pod that nothing replaces. */
    public void addPod(String namespace, String name) {
        workloads.pod(namespace, name, ANY_IMAGE);
    }

    /** Creates an object as somebody else would, such as {@code statefulsets}. */
    public void create(String plural, String namespace, ObjectNode object) {
        var draft = object.deepCopy();
        state.run(() -> state.resources().create(kind(plural), namespace, draft, Write.SILENT));
    }

    /** Changes an object by a merge patch as somebody else would. */
    public void patch(String plural, String namespace, String name, ObjectNode patch) {
        var key = new ObjectKey(kind(plural), namespace, name);
        state.run(() -> state.resources().patch(key, "application/merge-patch+json", patch, Write.SILENT));
    }

    /** Lets the status of an object be this, merged into what it was, as a kubelet or a controller would report it. */
    public void report(String plural, String namespace, String name, ObjectNode status) {
        var patch = Json.object();
        patch.set("status", status);
        state.run(() -> {
            var found = existing(new ObjectKey(kind(plural), namespace, name));
            var draft = Patches.apply("application/merge-patch+json", found.json(), patch);
            state.store().put(found.key().kind(), (ObjectNode) draft);
        });
    }

    /** Records a warning about an object, as what watches over it would. */
    public void warn(String plural, String namespace, String name, String reason, String message) {
        state.run(() -> state.events()
                .warning(existing(new ObjectKey(kind(plural), namespace, name)), "kubelet", reason, message));
    }

    /**
     * Lets a pod write to its log.
     *
     * @throws IllegalArgumentException when there is no such pod
     */
    public void writeLog(String namespace, String pod, List<String> lines) {
        state.run(() -> state.logs().write(pod(namespace, pod), lines));
    }

    /** Whether there is a metrics-server, as there is from the start. */
    public void serveMetrics(boolean served) {
        state.run(() -> state.metrics().serve(served));
    }

    /** Deletes an object as somebody else would. */
    public void delete(String plural, String namespace, String name) {
        var key = new ObjectKey(kind(plural), namespace, name);
        state.run(() -> state.resources().delete(key, Json.object(), Write.SILENT));
    }

    /** Scales a deployment as somebody else would. */
    public void scale(String namespace, String deployment, int replicas) {
        var scale = Json.object();
        scale.putObject("spec").put("replicas", replicas);
        var key = new ObjectKey(ResourceKind.DEPLOYMENT, namespace, deployment);
        state.run(() -> new Scales(state.resources()).update(key, scale, Write.SILENT));
    }

    /** @throws IllegalArgumentException when there is no such pod */
    public void breakPod(String namespace, String pod, Breakage how, Heals heals) {
        state.run(() -> state.kubelet().breakPod(pod(namespace, pod), how, heals));
    }

    /**
     * Breaks all pods of a deployment; what {@link Heals#NEVER} heals breaks its later pods too.
     *
     * @throws IllegalArgumentException when there is no such deployment
     */
    public void breakDeployment(String namespace, String deployment, Breakage how, Heals heals) {
        state.run(() -> state.kubelet().breakDeployment(deployment(namespace, deployment), how, heals));
    }

    /** @throws IllegalArgumentException when there is no such pod */
    public void healPod(String namespace, String pod) {
        state.run(() -> state.kubelet().heal(pod(namespace, pod)));
    }

    /** @throws IllegalArgumentException when there is no such deployment */
    public void healDeployment(String namespace, String deployment) {
        state.run(() -> state.kubelet().heal(deployment(namespace, deployment)));
    }

    /** From now on it knows evictions as servers before 1.22 do: of {@code policy/v1beta1} only. */
    public void knowOlderEvictionsOnly() {
        state.olderEvictionsOnly();
    }

    public void deny(Denial denial) {
        access.deny(denial);
    }

    public void allow(Denial denial) {
        access.allow(denial);
    }

    /** From now on callers must present this after {@code Authorization: Bearer}; everybody is let in when empty. */
    public void requireBearer(Optional<String> expected) {
        access.require(expected);
    }

    /** Forgets which changes there were: watches and lists that start at an earlier version are answered 410. */
    public void compact() {
        state.run(() -> state.store().forgetHistory());
    }

    @Override
    public void close() {
        awaited(vertx.close());
    }

    private Stored pod(String namespace, String name) {
        return existing(new ObjectKey(ResourceKind.POD, namespace, name));
    }

    private Stored deployment(String namespace, String name) {
        return existing(new ObjectKey(ResourceKind.DEPLOYMENT, namespace, name));
    }

    private Stored existing(ObjectKey key) {
        var found = state.store().get(key);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no %s %s/%s".formatted(key.kind().kind(), key.namespace(), key.name()));
        }
        return found;
    }

    private static ResourceKind kind(String plural) {
        for (var kind : ResourceKind.values()) {
            if (kind.plural().equals(plural)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("The cluster knows no " + plural);
    }

    /** Waits, as only starting and stopping may. */
    private static <T> AsyncResult<T> awaited(Future<T> future) {
        var done = new CountDownLatch(1);
        future.onComplete(_ -> done.countDown());
        try {
            if (!done.await(10, TimeUnit.SECONDS)) {
                return Future.failedFuture("Not done after 10 seconds");
            }
            return future;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Future.failedFuture(interrupted);
        }
    }
}
