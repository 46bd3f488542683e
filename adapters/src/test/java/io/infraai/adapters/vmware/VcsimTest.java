package io.infraai.adapters.vmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.asset.RememberedAssets;
import io.infraai.testkit.lab.Vcsim;

import static io.infraai.adapters.vmware.VmwareToolTest.context;
import static io.infraai.adapters.vmware.VmwareToolTest.done;
import static io.infraai.adapters.vmware.VmwareToolTest.got;
import static java.util.Objects.requireNonNull;

/** A fresh vcsim that speaks TLS, and the tools as production makes them. */
abstract class VcsimTest {

    @TempDir
    Path home;

    final RememberedAssets assets = new RememberedAssets();
    final NotedAssets noted = new NotedAssets(assets);
    Path passwordFile;
    Vcsim vcsim;
    Servers servers;

    @BeforeAll
    static void findIt() {
        Vcsim.assumeInstalled();
    }

    @BeforeEach
    void start() throws IOException {
        passwordFile = Files.writeString(home.resolve("password"), VmwareToolTest.PASSWORD + "\n");
        vcsim = begun("first");
        connect(bounds());
    }

    @AfterEach
    void stop() {
        servers.close();
        vcsim.close();
    }

    void restart(String... options) throws IOException {
        stop();
        vcsim = begun("second", options);
        connect(bounds());
    }

    private Vcsim begun(String name, String... options) throws IOException {
        return Vcsim.start(Files.createDirectories(home.resolve(name)), passwordFile, options);
    }

    private Bounds bounds() {
        var bounds = Bounds.of(vcsim.url(), passwordFile);
        return vcsim.url().startsWith("https") ? bounds.pinned(vcsim.thumbprint()) : bounds;
    }

    final void connect(VmwareConfig bounds) {
        servers = new Servers(bounds, Clock.systemUTC());
    }

    ToolResult listed(@Nullable String nameContains) {
        return got(new ListVms(servers, noted).read(new ListVms.Parameters(nameContains, null), context()));
    }

    ToolResult status(String name, @Nullable String folder) {
        return got(new VmStatus(servers).read(new VmStatus.Parameters(name, folder, null), context()));
    }

    String power(String name) {
        return done(status(name, null)).detail().path("power_state").asText();
    }

    /** Does something on the server that no tool does. */
    <R> R on(Function<VmwareServer, R> work) {
        var told = new AtomicReference<@Nullable R>();
        done(got(servers.result(new ListVms.Parameters(null, null), context(), server -> {
            told.set(work.apply(server));
            return new Done("done");
        })));
        return requireNonNull(told.get());
    }

    /** Starts a task on a machine, which ends before that is answered. */
    void task(String operation, String machine, String arguments) {
        on(server -> {
            var id = server.machines().find(new MachineName(machine, null)).id();
            return server.vim().in(session -> session.start(operation, Machine.TYPE, id, arguments));
        });
    }

    /** Sets a property, as no vCenter lets one. */
    void set(String machine, String property, String value) {
        task(
                "ReconfigVM_Task",
                machine,
                "<spec><extraConfig xsi:type=\"OptionValue\"><key>SET." + property
                        + "</key><value xsi:type=\"xsd:string\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">" + value
                        + "</value></extraConfig></spec>");
    }

    /** Ends the session without a word to the client. */
    void forgetSession() {
        on(server -> server.vim().in(session -> {
            session.close();
            return session;
        }));
    }
}
