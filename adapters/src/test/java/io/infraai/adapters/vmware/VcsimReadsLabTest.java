package io.infraai.adapters.vmware;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.asset.AssetType;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.testkit.lab.Vcsim;

import static io.infraai.adapters.vmware.VmwareToolTest.context;
import static io.infraai.adapters.vmware.VmwareToolTest.done;
import static io.infraai.adapters.vmware.VmwareToolTest.failed;
import static io.infraai.adapters.vmware.VmwareToolTest.got;
import static org.assertj.core.api.Assertions.assertThat;

/** What tools read of a vCenter, and of a lone host, that somebody else wrote. */
@Tag("lab")
class VcsimReadsLabTest extends VcsimTest {

    @Test
    void machinesAreListedAndNoted() {
        set(Vcsim.MACHINE, "guest.ipAddress", "10.0.0.9");

        var detail = done(listed(null)).detail();

        assertThat(detail.path("vms").findValuesAsText("name"))
                .containsExactlyInAnyOrder("DC0_H0_VM0", "DC0_H0_VM1", "DC0_C0_RP0_VM0", "DC0_C0_RP0_VM1");
        assertThat(detail.path("vms").findValuesAsText("folder")).containsOnly("/DC0/vm");
        assertThat(detail.path("vms").findValuesAsText("power_state")).containsOnly("poweredOn");
        assertThat(done(listed("H0_VM0")).detail().path("vms").findValuesAsText("host"))
                .containsExactly("DC0_H0");
        assertThat(assets.named(Vcsim.MACHINE).address()).isEqualTo("10.0.0.9");
    }

    @Test
    void aMachinesStateIsTold() {
        var detail = done(status(Vcsim.MACHINE, null)).detail();

        assertThat(detail.path("power_state").asText()).isEqualTo("poweredOn");
        assertThat(detail.path("boot_time").asText()).isNotEmpty();
        assertThat(detail.path("host").asText()).isEqualTo("DC0_H0");
        assertThat(detail.path("cpus").asInt()).isEqualTo(1);
        assertThat(detail.path("has_snapshots").asBoolean()).isFalse();
    }

    @Test
    void hostsAreShownAndNoted() {
        var detail = done(hosts()).detail();

        assertThat(detail.path("hosts").findValuesAsText("name"))
                .containsExactlyInAnyOrder("DC0_H0", "DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2");
        assertThat(detail.path("hosts").findValuesAsText("connection_state")).containsOnly("connected");
        assertThat(detail.path("hosts").path(0).path("memory_bytes").asLong()).isPositive();
        assertThat(assets.seen()).extracting(Sighting::type).containsOnly(AssetType.HYPERVISOR);
        assertThat(assets.seen()).hasSize(4);
    }

    @Test
    void eventsAreToldLatestFirst() {
        task("PowerOffVM_Task", Vcsim.MACHINE, "");
        task("PowerOnVM_Task", Vcsim.MACHINE, "");

        var detail = done(events()).detail();

        assertThat(detail.path("events").findValuesAsText("type"))
                .startsWith("VmPoweredOnEvent", "VmStartingEvent", "VmPoweredOffEvent", "VmStoppingEvent");
        assertThat(detail.path("events").path(0).path("user").asText()).isEqualTo(Vcsim.USER);
        assertThat(detail.path("events").path(0).path("message").asText())
                .isEqualTo("DC0_H0_VM0 on DC0_H0 in DC0 is powered on");
    }

    @Test
    void whatWasMeasuredIsTold() {
        var hour = done(metrics(Vcsim.MACHINE, null)).detail();
        var week = done(metrics(Vcsim.MACHINE, 10_080)).detail();

        assertThat(hour.path("interval_seconds").asInt()).isEqualTo(20);
        assertThat(hour.path("series").findValuesAsText("metric"))
                .contains("cpu_percent", "memory_percent", "network_kb_per_second");
        // some are told as not measured
        assertThat(hour.path("series"))
                .allSatisfy(series -> assertThat(series.path("points").asInt()).isBetween(1, 181));
        assertThat(hour.path("series").path(0).path("points").asInt()).isBetween(180, 181);
        assertThat(week.path("interval_seconds").asInt()).isEqualTo(1_800);
        assertThat(week.path("series").path(0).path("points").asInt()).isBetween(336, 337);
    }

    @Test
    void twoMachinesOfOneNameAreNotGuessedBetween() {
        on(server -> {
            var other =
                    server.machines().find(new MachineName("DC0_H0_VM1", null)).id();
            return server.vim().in(session -> {
                var folder = session.call("CreateFolder", "Folder", vmFolder(session), Xml.element("name", "web"))
                        .textOf("returnval");
                session.start("MoveIntoFolder_Task", "Folder", folder, Xml.reference("list", Machine.TYPE, other));
                return session.start("Rename_Task", Machine.TYPE, other, Xml.element("newName", Vcsim.MACHINE));
            });
        });

        var ambiguous = failed(status(Vcsim.MACHINE, null));

        assertThat(ambiguous.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(ambiguous.message()).contains("/DC0/vm and /DC0/vm/web");
        done(status(Vcsim.MACHINE, "/DC0/vm/web"));
    }

    @Test
    void aMachineThatIsNotThereIsNotFound() {
        assertThat(failed(status("no-such-vm", null)).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void aLoneHostIsReadTheSameWay() throws IOException {
        restart("-esx");
        var machine = "ha-host_VM0";

        assertThat(done(listed(null)).detail().path("vms").findValuesAsText("name"))
                .containsExactlyInAnyOrder("ha-host_VM0", "ha-host_VM1");
        assertThat(done(status(machine, null)).summary()).contains("poweredOn");
        assertThat(done(hosts()).detail().path("hosts")).hasSize(1);
        assertThat(done(metrics(machine, null)).detail().path("series")).isNotEmpty();
    }

    private static String vmFolder(VimSession session) {
        return new Collector(session)
                .all(Folders.PATHS).stream()
                        .filter(folder -> folder.text("name").equals("vm"))
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    private ToolResult hosts() {
        return got(new HostStatus(servers, noted).read(new HostStatus.Parameters(null, null), context()));
    }

    private ToolResult events() {
        return got(new VmEvents(servers).read(new VmEvents.Parameters(Vcsim.MACHINE, null, 5, null), context()));
    }

    private ToolResult metrics(String machine, @Nullable Integer minutes) {
        return got(new VmMetrics(servers).read(new VmMetrics.Parameters(machine, null, minutes, null), context()));
    }
}
