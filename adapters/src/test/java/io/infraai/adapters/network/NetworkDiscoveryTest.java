package io.infraai.adapters.network;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.adapters.network.NetworkDiscovery.Parameters;
import io.infraai.contracts.asset.DiscoveryState;
import io.infraai.contracts.asset.Sighting;
import io.infraai.contracts.asset.Subnet;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.adapters.network.LoopbackHosts.freePort;
import static io.infraai.adapters.network.LoopbackHosts.listens;
import static io.infraai.adapters.network.LoopbackHosts.says;
import static org.assertj.core.api.Assertions.assertThat;

class NetworkDiscoveryTest {

    private static final TenantId TENANT = new TenantId("acme");

    private final LoopbackHosts hosts = new LoopbackHosts();
    private final Inventory inventory = new Inventory();
    private CountingDialer dialer = new CountingDialer((_, _) -> {
        throw new AssertionError("Nothing was to be dialled");
    });

    @AfterEach
    void closeHosts() {
        hosts.close();
    }

    @Test
    void whereNothingListensNothingIsFound() {
        var done = done("127.0.0.0/28", Bounds.of(freePort(), freePort()));

        assertThat(done.summary()).isEqualTo("0 of 16 addresses in 127.0.0.0/28 answer");
        assertThat(dialer.count()).isEqualTo(32);
        assertThat(dialer.dialled()).doesNotHaveDuplicates();
        assertThat(inventory.reports()).singleElement().satisfies(report -> {
            assertThat(report.progress().state()).isEqualTo(DiscoveryState.DONE);
            assertThat(report.seen()).isEmpty();
        });
    }

    @Test
    void noMoreAddressesAreLookedAtAtOnceThanAllowed() {
        int port = freePort();
        for (var last = 1; last < 16; last++) {
            hosts.serve("127.0.0." + last, port, says("SSH-2.0-x\n"));
        }

        done("127.0.0.0/24", Bounds.of(port, freePort()).atOnce(3));

        assertThat(dialer.mostAtOnce()).isBetween(1, 3);
        assertThat(dialer.count()).isEqualTo(512);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1/24",
                "127.1/32",
                "0177.0.0.1/32",
                "0x7f000001/32",
                "2130706433/32",
                "::ffff:127.0.0.1/128",
                "localhost/32",
                "127.0.0.0/24\n127.0.0.0/24",
                "127.0.0.0/24 --script x",
                "127.0.0.0/16",
                "127.0.1.0/24",
                "10.0.0.0/24",
                "10.0.0.0/8",
                "0.0.0.0/0",
                "169.254.169.254/32",
                "224.0.0.0/24",
                "::1/128",
                "fe80::/120",
                "fd00::/64"
            })
    void whatMayNotBeLookedAtIsRefusedBeforeAnythingIsSent(String subnet) {
        var failed = (Failed) read(subnet, Bounds.of(freePort()), unhurried());

        assertThat(failed.reason()).isIn(FailureReason.INVALID_PARAMETERS, FailureReason.NOT_PERMITTED);
        assertThat(failed.message()).isNotBlank();
        assertThat(dialer.count()).isZero();
        assertThat(inventory.begun()).isZero();
    }

    @Test
    void withoutAllowedSubnetsTheToolSaysWhichKeyToSet() {
        var failed = (Failed) read("127.0.0.1/32", Bounds.of(freePort()).allowing(Set.of()), unhurried());

        assertThat(failed.reason()).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(failed.message()).contains("infraai.network.allowed-subnets");
        assertThat(dialer.count()).isZero();
    }

    @Test
    void aSubnetOf4096AddressesIsLookedAtWhole() {
        var bounds = Bounds.of(freePort()).allowing(Set.of(Subnet.of("127.0.0.0/20")));

        var done = done("127.0.0.0/20", bounds);

        assertThat(done.detail().path("probed").asInt()).isEqualTo(4_096);
        assertThat(dialer.count()).isEqualTo(4_096);
    }

    @Test
    void whatIsFoundIsInTheInventoryWhileItRuns() {
        int first = freePort();
        int second = freePort();
        hosts.serve("127.0.0.8", first, says("SSH-2.0-x\n"));
        for (var last = 9; last < 16; last++) {
            hosts.serve("127.0.0." + last, second, listens());
        }

        done("127.0.0.8/29", Bounds.of(first, second).atOnce(1));

        var reports = inventory.reports();
        assertThat(reports).hasSizeGreaterThan(2).allSatisfy(report -> {
            assertThat(report.tenant()).isEqualTo(TENANT);
            assertThat(report.discovery()).isEqualTo(1);
        });
        assertThat(reports.getFirst().progress().state()).isEqualTo(DiscoveryState.RUNNING);
        assertThat(reports.getFirst().seen()).extracting(Sighting::address).contains("127.0.0.8");
        assertThat(reports.getLast().progress().state()).isEqualTo(DiscoveryState.DONE);
        assertThat(reports).extracting(report -> report.progress().probed()).isSorted();
        assertThat(reports.stream().flatMap(report -> report.seen().stream()))
                .as("each is told once")
                .hasSize(8);
    }

    @Test
    void aReportThatCannotBeStoredIsPartOfTheNext() {
        int port = freePort();
        for (var last = 4; last < 8; last++) {
            hosts.serve("127.0.0." + last, port, listens());
        }
        inventory.refuse(1);

        done("127.0.0.4/30", Bounds.of(port).atOnce(1));

        assertThat(inventory.reports().stream().flatMap(report -> report.seen().stream()))
                .extracting(Sighting::address)
                .containsExactlyInAnyOrder("127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7");
    }

    @Test
    void atItsDeadlineItEndsWithWhatItHas() {
        int port = freePort();
        for (var last = 64; last < 128; last++) {
            hosts.serve("127.0.0." + last, port, listens());
        }

        var done = done("127.0.0.64/26", Bounds.of(port).atOnce(1).within(Duration.ofSeconds(2)));

        assertStopped(done);
    }

    @Test
    void atTheCallersDeadlineItEndsWithWhatItHas() {
        int port = freePort();
        for (var last = 64; last < 128; last++) {
            hosts.serve("127.0.0." + last, port, listens());
        }

        var done = (Done) read(
                "127.0.0.64/26",
                Bounds.of(port).atOnce(1),
                context(Instant.now().plusSeconds(4)));

        assertStopped(done);
    }

    private void assertStopped(Done done) {
        assertThat(done.detail().path("complete").asBoolean()).isFalse();
        assertThat(done.detail().path("probed").asInt()).isBetween(1, 63);
        assertThat(done.detail().path("found").asInt()).isBetween(1, 63);
        assertThat(done.summary()).contains("stopped before the other");
        assertThat(inventory.reports().getLast().progress().state()).isEqualTo(DiscoveryState.STOPPED);
    }

    @Test
    void whenNobodyWaitsAnyMoreItStopsAndSaysSo() {
        int port = freePort();
        for (var last = 64; last < 128; last++) {
            hosts.serve("127.0.0." + last, port, listens());
        }
        var look = tool(Bounds.of(port).atOnce(1))
                .read(new Parameters("127.0.0.64/26"), unhurried())
                .subscribe()
                .with(_ -> {});
        Awaitility.await().until(() -> dialer.count() > 0);

        look.cancel();

        Awaitility.await()
                .untilAsserted(() -> assertThat(inventory.reports())
                        .last()
                        .satisfies(
                                report -> assertThat(report.progress().state()).isEqualTo(DiscoveryState.STOPPED)));
        assertThat(dialer.count()).isLessThan(64);
    }

    @Test
    void theAnswerNamesTheFirstHostsAndCountsTheRest() {
        int port = freePort();
        for (var last = 64; last < 128; last++) {
            hosts.serve("127.0.0." + last, port, says("SSH-2.0-x\n"));
        }

        var done = done("127.0.0.64/26", Bounds.of(port));

        assertThat(done.detail().path("found").asInt()).isEqualTo(64);
        assertThat(done.detail().path("hosts")).hasSize(50);
        assertThat(done.detail().path("hosts_left_out").asInt()).isEqualTo(14);
        assertThat(inventory.reports().stream().flatMap(report -> report.seen().stream()))
                .hasSize(64);
    }

    private Done done(String subnet, Bounds bounds) {
        return (Done) read(subnet, bounds, unhurried());
    }

    private ToolResult read(String subnet, Bounds bounds, ToolContext context) {
        return tool(bounds).read(new Parameters(subnet), context).await().atMost(Duration.ofSeconds(60));
    }

    private NetworkDiscovery tool(Bounds bounds) {
        dialer = new CountingDialer(NetworkDiscovery.dialer(bounds));
        return new NetworkDiscovery(bounds, inventory, Clock.systemUTC(), dialer);
    }

    private static ToolContext unhurried() {
        return context(Instant.now().plusSeconds(300));
    }

    private static ToolContext context(Instant deadline) {
        return new ToolContext(TENANT, "ada", "a-call", deadline);
    }
}
