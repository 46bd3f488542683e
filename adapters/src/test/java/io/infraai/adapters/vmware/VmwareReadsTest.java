package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.simulators.vcenter.Product;
import io.infraai.simulators.vcenter.VcenterConfig;

import static org.assertj.core.api.Assertions.assertThat;

class VmwareReadsTest extends VmwareToolTest {

    @Test
    void machinesAreListedWithoutTemplates() {
        var detail = done(listed(null)).detail();

        assertThat(detail.path("vms").findValuesAsText("name"))
                .containsExactlyInAnyOrder("web-01", "web-02", "db-01", "legacy-01", "batch-01");
        var web = named(detail.path("vms"), "web-01");
        assertThat(web.path("folder").asText()).isEqualTo("/DC0/vm/web");
        assertThat(web.path("host").asText()).isEqualTo("esx-11.example.com");
        assertThat(web.path("power_state").asText()).isEqualTo("poweredOn");
        assertThat(web.path("tools_running").asBoolean()).isTrue();
    }

    @Test
    void machinesAreListedByPartOfTheirName() {
        assertThat(done(listed("web")).detail().path("vms")).hasSize(2);
    }

    @Test
    void allPagesAreRead() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).withPageSize(3));

        assertThat(done(listed(null)).detail().path("vms")).hasSize(5);
        assertThat(vcenter.calls().of("ContinueRetrievePropertiesEx")).hasSizeGreaterThan(2);
        assertThat(vcenter.calls().of("DestroyView")).hasSize(1);
    }

    @Test
    void aLoneHostIsReadTheSameWay() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).of(Product.ESXI));

        assertThat(done(listed(null)).detail().path("vms")).hasSize(2);
        assertThat(done(status("web-01", null)).summary()).contains("poweredOn");
    }

    @Test
    void statusTellsWhatTheMachineIsDoing() {
        var detail = done(status("web-01", null)).detail();

        assertThat(detail.path("host").asText()).isEqualTo("esx-11.example.com");
        assertThat(detail.path("boot_time").asText()).isNotEmpty();
        assertThat(detail.path("ip_address").asText()).isEqualTo("10.0.0.7");
        assertThat(detail.path("memory_mb").asInt()).isEqualTo(4_096);
    }

    @Test
    void twoMachinesOfOneNameAreNotGuessedBetween() {
        vcenter.addMachine("web-01", Optional.of("group-v6"));

        var ambiguous = failed(status("web-01", null));

        assertThat(ambiguous.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(ambiguous.message()).contains("/DC0/vm/data and /DC0/vm/web");
        assertThat(done(status("web-01", "/DC0/vm/data")).summary()).contains("poweredOff");
    }

    @Test
    void aNameIsSoughtAsTheServerStoresIt() {
        vcenter.addMachine("a%2fb%5cc 100%25", Optional.empty());

        assertThat(done(status("a/b\\c 100%", null)).summary()).contains("a/b\\c 100%");
        assertThat(done(status("a%2fb%5cc 100%25", null)).summary()).contains("poweredOff");
        assertThat(done(listed("a/b\\c"))
                        .detail()
                        .path("vms")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("a/b\\c 100%");
    }

    @Test
    void aTemplateIsNoMachine() {
        assertThat(failed(status("golden-image", null)).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void hostsAreShownWithTheirLoad() {
        var hosts = new HostStatus(servers, noted);

        var all = done(got(hosts.read(new HostStatus.Parameters(null, null), context())))
                .detail();
        var missing = failed(got(hosts.read(new HostStatus.Parameters("nowhere", null), context())));

        assertThat(all.path("hosts")).hasSize(2);
        assertThat(all.path("hosts").path(0).path("cpu_used_mhz").asInt()).isEqualTo(4_160);
        assertThat(all.path("hosts").path(0).path("connection_state").asText()).isEqualTo("connected");
        assertThat(missing.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    @Test
    void eventsAreToldLatestFirst() {
        vcenter.powerOff("web-01");
        vcenter.powerOn("web-01");

        var parameters = new VmEvents.Parameters("web-01", null, 0, null);
        var detail =
                done(got(new VmEvents(servers).read(parameters, context()))).detail();

        assertThat(parameters.minutes()).isEqualTo(60);
        assertThat(detail.path("events").findValuesAsText("type"))
                .containsExactly("VmPoweredOnEvent", "VmPoweredOffEvent");
        assertThat(detail.path("events").path(0).path("user").asText()).contains("alice");
    }

    @Test
    void metricsAreThoseOfTheServer() {
        var parameters = new VmMetrics.Parameters("web-01", null, null, null);

        var detail =
                done(got(new VmMetrics(servers).read(parameters, context()))).detail();

        assertThat(detail.path("cpu_mhz").asInt()).isEqualTo(1_300);
        assertThat(detail.path("cpu_percent").asInt()).isEqualTo(25);
        assertThat(detail.path("uptime_seconds").asLong())
                .isGreaterThanOrEqualTo(Duration.ofHours(24).toSeconds());
    }

    @Test
    void whatWasMeasuredIsToldInAFewWords() {
        var detail = done(metrics(null)).detail();

        assertThat(detail.path("interval_seconds").asInt()).isEqualTo(20);
        assertThat(detail.path("series").findValuesAsText("metric"))
                .containsExactly(
                        "cpu_mhz",
                        "cpu_percent",
                        "cpu_ready_percent",
                        "disk_kb_per_second",
                        "disk_latency_ms",
                        "memory_active_mb",
                        "memory_consumed_mb",
                        "memory_percent",
                        "network_kb_per_second");
        var cpu = detail.path("series").path(1);
        // 180 samples, of which one wasn't measured
        assertThat(cpu.path("points").asInt()).isEqualTo(179);
        assertThat(cpu.path("first").asText()).isEqualTo("25");
        assertThat(cpu.path("last").asText()).isEqualTo("42.9");
        assertThat(cpu.path("max").asDouble()).isEqualTo(42.9);
        assertThat(cpu.path("trend").asText()).isEqualTo("rising");
        assertThat(detail.path("series").path(2).path("last").asText()).isEqualTo("2");
        assertThat(detail.path("series").path(5).path("last").asText()).isEqualTo("1024");
    }

    @Test
    void aLongTimeIsReadInLongerIntervals() {
        var detail = done(metrics(43_200)).detail();

        assertThat(detail.path("interval_seconds").asInt()).isEqualTo(7_200);
        assertThat(detail.path("series").path(0).path("points").asInt()).isEqualTo(11);
    }

    @Test
    void aServerWithoutSamplesTellsWhatItKnowsNow() {
        vcenter.keepSamples(false);

        assertOnlyNow(done(metrics(null)), "the server keeps no samples of its last 60 minutes");
    }

    @Test
    void aLoneHostThatKeepsAnHourTellsWhatItKnowsNow() {
        restart(VcenterConfig.defaults("svc-infraai", PASSWORD).of(Product.ESXI));

        assertThat(done(metrics(60)).detail().path("series")).hasSize(9);
        assertOnlyNow(done(metrics(600)), "the server keeps no samples of its last 600 minutes");
    }

    @Test
    void snapshotsAreListedAsATree() {
        vcenter.addSnapshot("db-01", "first", "by hand");
        vcenter.addSnapshot("db-01", "second", "");

        var parameters = new ListSnapshots.Parameters("db-01", null, null);
        var list = done(got(new ListSnapshots(servers).read(parameters, context())))
                .detail()
                .path("snapshots");

        assertThat(list).hasSize(2);
        assertThat(list.path(1).path("taken_on").asText()).isEqualTo("first");
        assertThat(list.path(1).path("current").asBoolean()).isTrue();
    }

    private static void assertOnlyNow(ToolResult.Done done, String why) {
        assertThat(done.summary()).endsWith(why);
        assertThat(done.detail().has("series")).isFalse();
        assertThat(done.detail().path("cpu_mhz").asInt()).isEqualTo(1_300);
    }

    private ToolResult metrics(@Nullable Integer minutes) {
        return got(new VmMetrics(servers).read(new VmMetrics.Parameters("web-01", null, minutes, null), context()));
    }

    private ToolResult listed(@Nullable String nameContains) {
        return got(new ListVms(servers, noted).read(new ListVms.Parameters(nameContains, null), context()));
    }

    private ToolResult status(String name, @Nullable String folder) {
        return got(new VmStatus(servers).read(new VmStatus.Parameters(name, folder, null), context()));
    }

    private static JsonNode named(JsonNode machines, String name) {
        for (var machine : machines) {
            if (machine.path("name").asText().equals(name)) {
                return machine;
            }
        }
        throw new AssertionError("There is no " + name);
    }
}
