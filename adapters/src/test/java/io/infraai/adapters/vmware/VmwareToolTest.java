package io.infraai.adapters.vmware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.NotedAssets;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.vcenter.FaultKind;
import io.infraai.simulators.vcenter.FaultRule;
import io.infraai.simulators.vcenter.SimulatedVcenter;
import io.infraai.simulators.vcenter.VcenterConfig;
import io.infraai.testkit.asset.RememberedAssets;

import static org.assertj.core.api.Assertions.assertThat;

/** A fresh simulated vCenter and the parts of the client as production makes them. */
abstract class VmwareToolTest {

    static final String PASSWORD = "open<sesame>&\"so\"";

    private static final Set<String> CHANGES = Set.of(
            "PowerOnVM_Task",
            "PowerOffVM_Task",
            "ResetVM_Task",
            "RebootGuest",
            "ShutdownGuest",
            "CreateSnapshot_Task",
            "RemoveSnapshot_Task");

    @TempDir
    Path directory;

    SimulatedVcenter vcenter;
    Path passwordFile;
    Servers servers;
    final RememberedAssets assets = new RememberedAssets();
    final NotedAssets noted = new NotedAssets(assets);

    @BeforeEach
    void startVcenter() throws IOException {
        passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        vcenter = SimulatedVcenter.start(
                VcenterConfig.defaults("svc-infraai", PASSWORD).withBootAfter(Duration.ofMillis(30)));
        connect(Bounds.of(vcenter.url(), passwordFile));
    }

    @AfterEach
    void stopVcenter() {
        servers.close();
        vcenter.close();
    }

    void restart(VcenterConfig config) {
        vcenter.close();
        vcenter = SimulatedVcenter.start(config);
        connect(Bounds.of(vcenter.url(), passwordFile));
    }

    final void connect(VmwareConfig bounds) {
        servers = new Servers(bounds, Clock.systemUTC());
    }

    void fault(String operation, FaultKind kind) {
        vcenter.faults().inject(FaultRule.once(operation, kind));
    }

    int effects() {
        return vcenter.calls().effects().size();
    }

    int changesAskedFor() {
        return (int) vcenter.calls().all().stream()
                .filter(call -> CHANGES.contains(call.operation()))
                .count();
    }

    static ToolContext context() {
        return new ToolContext(
                TenantId.DEFAULT,
                "test",
                "11111111-2222-3333-4444-555555555555",
                Instant.now().plusSeconds(30));
    }

    static <R> R got(Uni<R> said) {
        return said.await().atMost(Duration.ofSeconds(20));
    }

    static Done done(ToolResult result) {
        assertThat(result).isInstanceOf(Done.class);
        return (Done) result;
    }

    static Failed failed(ToolResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return (Failed) result;
    }
}
