package io.infraai.adapters.mcp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkus.runtime.ShutdownEvent;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ExternalCallTest extends WithToyServer {

    @Test
    void aChangeIsSentOnceAndItsAnswerIsData() {
        var servers = refreshed(accepted(Risk.CHANGES));
        var target = changing(servers).identify(saying("hi"), CONTEXT).await().atMost(PATIENCE);
        assertThat(target.found()).contains(new ExternalTarget("Toy-Box", "echo", pin(ToyServer.ECHO)));
        assertThat(changing(servers).describe(saying("hi"), target.found().orElseThrow()))
                .isEqualTo("Call echo of the MCP server Toy-Box with {\"text\":\"hi\"}");
        assertThat(text(fire(servers))).isEqualTo("hi");
        assertThat(toy.calls()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheToolIsAFailure() {
        toy.onCall((exchange, message) -> ToyServer.result(
                exchange, message, "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no disk\"}]}"));
        var failed = read(refreshed(accepted(Risk.READS)), "hi");
        assertFailed(failed, FailureReason.INVALID_PARAMETERS);
        assertThat(((Failed) failed).message()).contains("no disk");
    }

    @Test
    void aHugeResultIsCutAndSaysSo() {
        toy.onCall((exchange, message) -> ToyServer.text(exchange, message, "ü".repeat(5_000_000)));
        var text = text(read(refreshed(accepted(Risk.READS)), "hi"));
        assertThat(text).endsWith(" [cut, 10000000 bytes in all]");
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(ResultText.MOST + 100);
    }

    @Test
    void moreThanCanBeReadIsNoAnswer() {
        toy.onCall((exchange, message) -> ToyServer.text(exchange, message, "x".repeat(Rpc.MOST_READ)));
        assertFailed(read(refreshed(accepted(Risk.READS)), "hi"), FailureReason.TIMED_OUT);
    }

    @Test
    void aLostAnswerOfAChangeStaysInDoubt() {
        toy.onCall((exchange, message) -> waitForTheEnd());
        var servers = refreshed(accepted(Risk.CHANGES));
        var hasty = refreshed(accepted(Risk.CHANGES).patient(Duration.ofMillis(300)));
        assertFailed(fire(hasty), FailureReason.TIMED_OUT);
        assertThat(settle(hasty)).isInstanceOf(Settlement.StillUnknown.class);
        assertThat(toy.calls()).isEqualTo(1);
        assertThat(servers.tools()).hasSize(1);
    }

    private void waitForTheEnd() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anEndlessStreamEndsWithTheTime() {
        toy.onCall((exchange, message) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (released.getCount() > 0) {
                    out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        });
        var servers = refreshed(accepted(Risk.READS).patient(Duration.ofMillis(500)));
        assertFailed(read(servers, "hi"), FailureReason.TIMED_OUT);
    }

    @Test
    void aChangeThatDidNotArriveSurelyDidNotHappen() {
        var servers = refreshed(accepted(Risk.CHANGES));
        toy.close();
        assertFailed(fire(servers), FailureReason.UNREACHABLE);
        assertThat(settle(servers)).isInstanceOf(Settlement.NeverHappened.class);
        refresh(servers);
        assertFailed(fire(servers), FailureReason.UNREACHABLE);
    }

    @Test
    void anAnswerThatIsNoneIsAFailure() {
        var servers = refreshed(accepted(Risk.READS));
        toy.onCall((exchange, message) -> ToyServer.send(exchange, 200, "text/html", "<html>"));
        assertFailed(read(servers, "hi"), FailureReason.TIMED_OUT);
        toy.onCall((exchange, message) -> ToyServer.send(exchange, 200, "application/json", "nonsense"));
        assertFailed(read(servers, "hi"), FailureReason.TIMED_OUT);
        toy.onCall((exchange, message) ->
                ToyServer.send(exchange, 200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}"));
        assertFailed(read(servers, "hi"), FailureReason.TIMED_OUT);
        toy.onCall((exchange, message) -> ToyServer.send(exchange, 403, "application/json", "{}"));
        assertFailed(read(servers, "hi"), FailureReason.NOT_PERMITTED);
        toy.onCall((exchange, message) -> ToyServer.send(exchange, 500, "application/json", "{}"));
        assertFailed(read(servers, "hi"), FailureReason.TIMED_OUT);
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var other = ToyServer.started()) {
            toy.onCall((exchange, message) -> {
                exchange.getResponseHeaders().set("Location", other.url().toString());
                ToyServer.send(exchange, 307, "application/json", "{}");
            });
            assertFailed(read(refreshed(accepted(Risk.READS)), "hi"), FailureReason.NOT_PERMITTED);
            assertThat(other.messages()).isEmpty();
        }
    }

    @Test
    void whatAServerAsksOfUsIsRefused() {
        toy.onCall((exchange, message) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write(
                        "data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"sampling/createMessage\",\"params\":{}}\n\n"
                                .getBytes(StandardCharsets.UTF_8));
                out.flush();
                await().atMost(PATIENCE).until(() -> toy.messages().stream().anyMatch(it -> it.has("error")));
                out.write(("event: message\ndata: "
                                + ToyServer.answer(message, "{\"content\":[{\"type\":\"text\",\"text\":\"alone\"}]}")
                                + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        });
        assertThat(text(read(refreshed(accepted(Risk.READS)), "hi"))).isEqualTo("alone");
        var refusal = toy.messages().stream()
                .filter(it -> it.has("error"))
                .findFirst()
                .orElseThrow();
        assertThat(refusal.path("id").asText()).isEqualTo("q");
        assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-32601);
    }

    @Test
    void nothingIsSentToWhereCredentialsAreHandedOut() {
        for (var metadata :
                List.of("169.254.169.254", "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::a9fe:a9fe]", "0.0.0.0")) {
            var servers = refreshed(Configured.at(URI.create("http://" + metadata + "/mcp"))
                    .accepting("echo", Risk.READS, Optional.of(pin(ToyServer.ECHO))));
            assertThat(servers.tools()).isEmpty();
            assertThat(new Destination(URI.create("http://" + metadata + "/mcp")).refusal())
                    .as(metadata)
                    .hasValueSatisfying(refused -> assertThat(refused)
                            .isInstanceOfSatisfying(
                                    Reply.Failure.class,
                                    it -> assertThat(it.reason()).isEqualTo(FailureReason.NOT_PERMITTED)));
        }
        assertThat(new Destination(toy.url()).refusal()).isEmpty();
        assertThat(new Destination(URI.create("https://10.0.0.1/mcp")).refusal())
                .isEmpty();
    }

    @Test
    void aCallThatTakesTooLongEndsNoOther() {
        var servers = refreshed(accepted(Risk.READS).patient(Duration.ofSeconds(2)));
        toy.onCall((exchange, message) -> waitForTheEnd());
        assertFailed(read(servers, "slow"), FailureReason.TIMED_OUT);

        toy.onCall(ToyServer::echo);

        assertThat(text(read(servers, "quick"))).isEqualTo("quick");
    }

    @Test
    void aServerCanBeAProcess() {
        var servers = refreshed(process());
        assertThat(text(read(servers, "over pipes"))).isEqualTo("over pipes null");
        assertFailed(read(servers, "die"), FailureReason.TIMED_OUT);
        assertFailed(read(servers, "after that"), FailureReason.UNREACHABLE);
        refresh(servers);
        assertThat(text(read(servers, "again"))).isEqualTo("again null");
        servers.stop(new ShutdownEvent());
    }

    @Test
    void aProcessSeesWhatIsMeantForIt() throws IOException {
        var file = Files.writeString(files.resolve("token"), "s3cret\n");
        var inherited = System.getenv().keySet().stream()
                .filter(name -> !List.of("PATH", "HOME").contains(name))
                .filter(name -> name.matches("[A-Z]+"))
                .findFirst()
                .orElseThrow();

        var secluded = refreshed(process().seeing(Set.of(), Map.of("API_TOKEN", file)));
        assertThat(text(read(secluded, "API_TOKEN"))).isEqualTo("API_TOKEN s3cret");
        assertThat(text(read(secluded, inherited))).isEqualTo(inherited + " null");
        secluded.stop(new ShutdownEvent());

        var open = refreshed(process().seeing(Set.of(inherited), Map.of()));
        assertThat(text(read(open, inherited))).isEqualTo(inherited + " " + System.getenv(inherited));
        open.stop(new ShutdownEvent());
    }

    @Test
    void aProcessWhoseCredentialIsMissingIsNotStarted() {
        var servers = refreshed(process().seeing(Set.of(), Map.of("API_TOKEN", files.resolve("none"))));
        assertThat(servers.tools()).isEmpty();
        assertFailed(read(servers, "hi"), FailureReason.UNREACHABLE);
    }

    private static Configured process() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Configured.running(
                        java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), ToyProcess.class.getName())
                .accepting("echo", Risk.READS, Optional.of(pin(ToyServer.ECHO)));
    }
}
