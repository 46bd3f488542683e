package io.infraai.engine.tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.catalog.Catalogue;
import io.infraai.persistence.catalog.RecentTools;
import io.infraai.persistence.catalog.ToolDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class FirstToolsTest {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Actor OPERATOR = new Actor(TenantId.DEFAULT, "ada", Set.of(Role.OPERATOR));
    private static final Actor VIEWER = new Actor(TenantId.DEFAULT, "vera", Set.of(Role.VIEWER));

    private final Ticking clock = new Ticking();
    private final Told directory = new Told();
    private final FirstTools first = new FirstTools(new RecentTools(directory, clock), clock, WAIT);

    @Test
    void anEngineIsReadyOnceAWorkerHasToldOfItsTools() {
        assertThat(status()).isEqualTo(Status.DOWN);
        directory.tools = List.of(tool("list_pods", ToolKind.READING));
        clock.pass(Duration.ofSeconds(2));
        assertThat(status()).as("engines tell of such tools themselves").isEqualTo(Status.DOWN);

        directory.tools = List.of(tool("restart_pod", ToolKind.GUARDED));
        clock.pass(Duration.ofSeconds(2));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(first.remark(OPERATOR)).isEmpty();
        directory.tools = List.of();
        clock.pass(Duration.ofSeconds(2));
        assertThat(status()).as("it stays so").isEqualTo(Status.UP);
    }

    @Test
    void aQuestionWaitsForTheToolsOfAWorkerThatBeginsLater() {
        var waiting = first.known().subscribeAsCompletionStage();
        assertThat(waiting).isNotDone();

        directory.tools = List.of(tool("restart_pod", ToolKind.GUARDED));
        clock.pass(Duration.ofSeconds(2));

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void withoutAnyWorkerItIsReadyAfterAWhileAndAnswersSaySo() {
        clock.pass(WAIT);

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(first.known().subscribeAsCompletionStage()).isDone();
        assertThat(first.remark(OPERATOR)).contains("No worker");
        assertThat(first.remark(VIEWER))
                .as("who may change nothing misses nothing")
                .isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsNoAnswer() {
        directory.away = true;
        assertThat(status()).isEqualTo(Status.DOWN);
        directory.away = false;
        directory.tools = List.of(tool("restart_pod", ToolKind.GUARDED));
        assertThat(status()).isEqualTo(Status.UP);
    }

    private Status status() {
        return first.call().await().atMost(WAIT).getStatus();
    }

    private static ToolDescription tool(String name, ToolKind kind) {
        var risk = kind == ToolKind.READING ? Risk.READS : Risk.CHANGES;
        return new ToolDescription(name, "It", kind, risk, "x", WAIT, JsonNodeFactory.instance.objectNode());
    }

    private static final class Told implements ToolDirectory {

        private volatile List<ToolDescription> tools = List.of();
        private volatile boolean away;

        @Override
        public Uni<Void> advertise(String service, boolean settled, List<ToolDescription> told) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Catalogue> all() {
            return Uni.createFrom().item(() -> {
                if (away) {
                    throw new IllegalStateException("away");
                }
                return new Catalogue(tools);
            });
        }
    }

    private static final class Ticking extends Clock {

        private volatile Instant now = Instant.parse("2026-11-25T08:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
