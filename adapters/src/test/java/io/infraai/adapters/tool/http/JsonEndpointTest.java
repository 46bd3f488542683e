package io.infraai.adapters.tool.http;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.http.Answer.Given;
import io.infraai.adapters.tool.http.Answer.Missing;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpFault;
import io.infraai.simulators.http.LoopbackServer;

import static org.assertj.core.api.Assertions.assertThat;

class JsonEndpointTest {

    private static final String SECRET = "s3cr3t-t0ken";
    private static final Request LOOK = Request.get("/api/things");
    private static final Request CHANGE =
            Request.post("/api/things", JsonNodeFactory.instance.objectNode().put("a", 1));

    @TempDir
    Path files;

    private String timeout = "4s";

    private final Vertx vertx = Vertx.vertx();
    private final LoopbackServer server = LoopbackServer.start(
            0, _ -> HttpAnswer.json(200, JsonNodeFactory.instance.objectNode().put("ok", true)));

    @AfterEach
    void stop() {
        vertx.close();
        server.close();
    }

    @Test
    void jsonIsGiven() throws Exception {
        assertThat(ask(LOOK.with("q", "a b&c")))
                .isInstanceOfSatisfying(
                        Given.class,
                        given -> assertThat(given.body().path("ok").asBoolean()).isTrue());
        assertThat(server.calls().getFirst().parameter("q")).contains("a b&c");
        assertThat(server.calls().getFirst().header("authorization")).contains("Bearer " + SECRET);
    }

    @Test
    void everyStatusHasItsReason() throws Exception {
        var reasons = Map.of(
                400, FailureReason.INVALID_PARAMETERS,
                401, FailureReason.NOT_PERMITTED,
                403, FailureReason.NOT_PERMITTED,
                409, FailureReason.TARGET_CHANGED,
                422, FailureReason.INVALID_PARAMETERS,
                429, FailureReason.REFUSED_FOR_NOW,
                500, FailureReason.TIMED_OUT,
                502, FailureReason.TIMED_OUT,
                503, FailureReason.REFUSED_FOR_NOW);

        for (var expected : reasons.entrySet()) {
            assertThat(struck(HttpFault.status(expected.getKey()), LOOK).reason())
                    .as("%s", expected.getKey())
                    .isEqualTo(expected.getValue());
        }
    }

    @Test
    void aChangeThatAProxyRefusedMayHaveBeenMade() throws Exception {
        assertThat(struck(HttpFault.status(503), CHANGE).reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(struck(HttpFault.html(200), CHANGE).reason()).isEqualTo(FailureReason.TIMED_OUT);
    }

    @Test
    void whatIsMissingIsToldFromAWrongPath() throws Exception {
        var missing = HttpAnswer.json(404, JsonNodeFactory.instance.objectNode().put("message", "no such thing"));

        var thing = struck(new HttpFault.Instead(missing), LOOK);
        var path = struck(HttpFault.status(404), LOOK);

        assertThat(thing.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(thing.message()).contains("no such thing");
        assertThat(path.reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(path.message()).contains("/api/things answered 404 with text/plain");
    }

    @Test
    void whenToComeBackIsTold() throws Exception {
        var busy = new HttpAnswer(429, Map.of("Retry-After", "17"), "");

        assertThat(struck(new HttpFault.Instead(busy), LOOK).message()).contains("retry after 17");
    }

    @Test
    void aPageOfHtmlIsToldAsWhatItIs() throws Exception {
        var failed = struck(HttpFault.html(200), LOOK);

        assertThat(failed.message()).contains("answered 200 with text/html instead of JSON");
        assertThat(failed.message()).doesNotContain("sign in");
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        var elsewhere = new HttpAnswer(302, Map.of("Location", server.url() + "/elsewhere"), "");

        var failed = struck(new HttpFault.Instead(elsewhere), LOOK);

        assertThat(failed.reason()).isEqualTo(FailureReason.UNREACHABLE);
        assertThat(failed.message()).contains("redirects aren't followed");
    }

    @Test
    void anAnswerOfMoreThanEightMebibytesIsCutOff() throws Exception {
        var failed = struck(new HttpFault.Huge(1L << 40), LOOK);

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).contains("more than 8 MiB");
    }

    @Test
    void anAnswerThatNeverComesOrNeverEndsIsTimedOut() throws Exception {
        for (var fault : List.of(new HttpFault.Silence(), new HttpFault.Drip(Duration.ofMillis(50)))) {
            timeout = "1s";
            var failed = struck(fault, LOOK);

            assertThat(failed.reason()).isEqualTo(FailureReason.TIMED_OUT);
            assertThat(failed.message()).contains("no whole answer within 1000 ms");
        }
    }

    @Test
    void aCutConnectionIsNotTriedAgain() throws Exception {
        assertThat(struck(new HttpFault.Cut(), LOOK).reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(struck(new HttpFault.LostAnswer(), CHANGE).reason()).isEqualTo(FailureReason.TIMED_OUT);
    }

    @Test
    void aPlatformThatRepeatsASecretIsNotQuoted() throws Exception {
        var echo = HttpAnswer.json(403, JsonNodeFactory.instance.objectNode().put("error", "unknown token " + SECRET));

        assertThat(struck(new HttpFault.Instead(echo), LOOK).message()).contains("unknown token ***");
    }

    @Test
    void nobodyAtTheAddressIsUnreachable() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(failed(endpoint(Map.of("t.url", "http://127.0.0.1:" + free))).reason())
                .isEqualTo(FailureReason.UNREACHABLE);
    }

    @Test
    void aUserAndAPasswordAreSentAsBasicAuthentication() throws Exception {
        var password = Files.writeString(files.resolve("password"), SECRET + "\n");

        told(endpoint(Map.of("t.url", server.url(), "t.user", "infraai", "t.password-file", password.toString())));

        assertThat(server.calls().getFirst().header("authorization")).contains("Basic aW5mcmFhaTpzM2NyM3QtdDBrZW4=");
    }

    @Test
    void aRotatedTokenIsUsedAtOnce() throws Exception {
        var file = Files.writeString(files.resolve("rotating"), "old");
        var endpoint = endpoint(Map.of("t.url", server.url(), "t.bearer-token-file", file.toString()));
        told(endpoint);

        Files.writeString(file, "new");
        told(endpoint);

        assertThat(server.calls().getLast().header("authorization")).contains("Bearer new");
    }

    @Test
    void whatIsWronglyConfiguredIsToldByItsKey() {
        var nowhere = files.resolve("nowhere").toString();

        assertThat(failed(endpoint(Map.of())).message()).isEqualTo("No Thing is configured: set t.url");
        assertThat(failed(endpoint(Map.of("t.url", server.url(), "t.bearer-token-file", nowhere)))
                        .message())
                .isEqualTo("The file that t.bearer-token-file names can't be read");
        assertThat(failed(endpoint(Map.of("t.url", server.url(), "t.user", "x")))
                        .message())
                .contains("t.password-file");
        assertThat(failed(endpoint(Map.of("t.url", server.url(), "t.ca-file", nowhere)))
                        .message())
                .contains("t.ca-file");
        assertThat(failed(endpoint(Map.of("t.url", "http://user:" + SECRET + "@127.0.0.1/")))
                        .message())
                .startsWith("t.url must be")
                .doesNotContain(SECRET);
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void moreRequestsThanMayWaitAreHeldBack() {
        var endpoint = endpoint(Map.of("t.url", server.url(), "t.concurrency", "1"));
        server.inject(new HttpFault.Late(Duration.ofMillis(600)));

        var answers = IntStream.range(0, 20)
                .mapToObj(_ -> endpoint.ask(LOOK).subscribeAsCompletionStage())
                .toList();

        assertThat(answers)
                .extracting(answer -> answer.orTimeout(5, TimeUnit.SECONDS).join())
                .filteredOn(Missing.class::isInstance)
                .extracting(answer -> ((Missing) answer).failure().reason())
                .containsOnly(FailureReason.HELD_BACK)
                // the first one waits too until there is a connection
                .hasSizeBetween(9, 10);
    }

    /** What a struck request ends in: sent once, told in time, and without the secret. */
    private Failed struck(HttpFault fault, Request request) throws Exception {
        var before = server.calls().size();
        server.inject(fault);

        var failure = ((Missing) ask(request)).failure();

        assertThat(server.calls()).hasSize(before + 1);
        assertThat(failure.message()).doesNotContain(SECRET);
        return failure;
    }

    private Answer ask(Request request) throws Exception {
        var file = Files.writeString(files.resolve("token"), SECRET);
        return endpoint(Map.of("t.url", server.url() + "/", "t.bearer-token-file", file.toString()))
                .ask(request)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private static Failed failed(JsonEndpoint endpoint) {
        return ((Missing) told(endpoint)).failure();
    }

    private static Answer told(JsonEndpoint endpoint) {
        return endpoint.ask(LOOK).await().atMost(Duration.ofSeconds(5));
    }

    private JsonEndpoint endpoint(Map<String, String> keys) {
        var all = new HashMap<>(Map.of("t.timeout", timeout));
        all.putAll(keys);
        return new JsonEndpoint(
                "Thing", "t", Configured.with(ThingConfig.class, all), Map.of(), vertx, new ObjectMapper());
    }
}
