package io.infraai.simulators.vcenter;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import org.jspecify.annotations.Nullable;

/**
 * A vCenter, or a lone ESXi host, on loopback: it answers at {@code /sdk} as a real one does, its machines boot, and it
 * remembers every call. All methods are thread-safe; what they do is somebody else's doing and not in the {@link CallLog}.
 */
public final class SimulatedVcenter implements AutoCloseable {

    private static final String SOMEBODY_ELSE = "VSPHERE.LOCAL\\alice";

    private final Vertx vertx;
    private final VcenterConfig config;
    private final Inventory inventory;
    private final Sessions sessions;
    private final Operations operations;
    private final CallLog calls = new CallLog();
    private final Faults faults = new Faults();
    private final @Nullable Certificate certificate;
    private final HttpServer server;

    private SimulatedVcenter(VcenterConfig config) {
        this.config = config;
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        inventory = new Inventory(config.product(), config.clock().instant());
        sessions = new Sessions(config.login());
        operations = new Operations(
                config,
                inventory,
                sessions,
                (delay, action) -> vertx.setTimer(Math.max(1, delay.toMillis()), _ -> locked(action)));
        certificate = config.tlsHost().map(Certificate::of).orElse(null);
        // no upgrade to HTTP/2: a lost connection must be that of one call
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false);
        if (certificate != null) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions().setValue(certificate.store()).setPassword(certificate.storePassword()));
        }
        var api = new SdkApi(vertx, inventory, operations, calls, faults);
        server = vertx.createHttpServer(options).requestHandler(api::handle);
    }

    /** @throws IllegalStateException when it can't listen */
    public static SimulatedVcenter start(VcenterConfig config) {
        var vcenter = new SimulatedVcenter(config);
        var listening = awaited(vcenter.server.listen());
        if (listening.failed()) {
            vcenter.close();
            throw new IllegalStateException("Can't listen", listening.cause());
        }
        return vcenter;
    }

    /** The address of its API. */
    public String url() {
        return (certificate == null ? "http" : "https") + "://127.0.0.1:" + server.actualPort() + "/sdk";
    }

    /** Of its certificate: SHA-256 in upper-case hex, bytes apart by colons; empty without TLS. */
    public String thumbprint() {
        return certificate == null ? "" : certificate.thumbprint();
    }

    public CallLog calls() {
        return calls;
    }

    public Faults faults() {
        return faults;
    }

    /** Ends all sessions, and with them their views and half-told lists. */
    public void expireSessions() {
        locked(sessions::expire);
    }

    public int sessions() {
        synchronized (inventory) {
            return sessions.count();
        }
    }

    /** Adds a machine like another, in the same folder unless the id of another one is given; it is off. */
    public String addMachine(String name, Optional<String> folder) {
        synchronized (inventory) {
            var spec = config.product() == Product.VCENTER
                    ? new MachineSpec(name, folder.orElse("group-v3"), "host-11", true, false)
                    : new MachineSpec(name, folder.orElse("ha-folder-vm"), "ha-host", true, false);
            return inventory.add(spec, Optional.empty()).id();
        }
    }

    /** Puts another machine of this name in its place; it is off. */
    public void replaceMachine(String name) {
        synchronized (inventory) {
            inventory.remove(inventory.named(name).id());
            addMachine(name, Optional.empty());
        }
    }

    /** {@code poweredOn} or {@code poweredOff}. */
    public String powerOf(String name) {
        synchronized (inventory) {
            return inventory.named(name).power;
        }
    }

    /** Resets it as somebody else would. */
    public void reset(String name) {
        locked(() -> operations.power().reset(inventory.named(name), SOMEBODY_ELSE));
    }

    /** Turns it on as somebody else would. */
    public void powerOn(String name) {
        locked(() -> operations.power().on(inventory.named(name), SOMEBODY_ELSE));
    }

    /** Turns it off as somebody else would. */
    public void powerOff(String name) {
        locked(() -> operations.power().off(inventory.named(name), SOMEBODY_ELSE));
    }

    /** Whether its guest runs VMware Tools from now on. */
    public void tools(String name, boolean run) {
        locked(() -> {
            var machine = inventory.named(name);
            machine.toolsInstalled = run;
            machine.toolsRun = run && machine.power.equals(Machine.ON);
        });
    }

    /** Whether what was measured of machines is kept from now on. */
    public void keepSamples(boolean keep) {
        locked(() -> operations.measurements().kept = keep);
    }

    /** Its boot time is told in its summary alone from now on. */
    public void summariseBootTime(String name) {
        locked(() -> inventory.named(name).summarised = true);
    }

    public List<Snapshot> snapshotsOf(String name) {
        synchronized (inventory) {
            return inventory.named(name).snapshots.list();
        }
    }

    /** Takes a snapshot as somebody else would. */
    public Snapshot addSnapshot(String name, String snapshotName, String description) {
        synchronized (inventory) {
            var snapshots = inventory.named(name).snapshots;
            var snapshot = new Snapshot(
                    inventory.snapshotId(),
                    snapshots.current(),
                    snapshotName,
                    description,
                    config.clock().instant());
            snapshots.add(snapshot);
            return snapshot;
        }
    }

    /** Removes a snapshot as somebody else would. */
    public void removeSnapshot(String name, Snapshot snapshot) {
        locked(() -> inventory.named(name).snapshots.remove(snapshot));
    }

    @Override
    public void close() {
        awaited(vertx.close());
    }

    private void locked(Runnable action) {
        synchronized (inventory) {
            action.run();
        }
    }

    /** Waits, as only starting and stopping may. */
    private static <T> AsyncResult<T> awaited(Future<T> future) {
        var done = new CountDownLatch(1);
        future.onComplete(_ -> done.countDown());
        try {
            return done.await(10, TimeUnit.SECONDS) ? future : Future.failedFuture("Not done after 10 seconds");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Future.failedFuture(interrupted);
        }
    }
}
