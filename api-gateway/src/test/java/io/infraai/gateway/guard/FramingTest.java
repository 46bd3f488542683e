package io.infraai.gateway.guard;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.gateway.Gateway;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** What no HTTP client sends, by raw socket. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class FramingTest {

    private static final String BODY = "{\"alerts\":[]}";
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})");

    /** The statuses that come back before the connection ends or falls silent. */
    private static List<Integer> statuses(String request, int patience) throws IOException {
        var base = Gateway.base();
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(patience);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new StringBuilder();
            var buffer = new byte[8192];
            try {
                for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
                    answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketTimeoutException _) {
                answer.append("\n(open)");
            } catch (IOException _) {
                answer.append("\n(reset)");
            }
            var statuses = new ArrayList<Integer>();
            for (var found = STATUS.matcher(answer); found.find(); ) {
                statuses.add(Integer.parseInt(found.group(1)));
            }
            return statuses;
        }
    }

    private static String head(String line, String... headers) {
        return line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String post(String version, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Type: application/json");
        all.add("X-API-KEY: " + Gateway.adminKey());
        return head("POST /api/alerts " + version, all.toArray(String[]::new));
    }

    private static final String HOST = "Host: localhost";
    private static final String LENGTH = "Content-Length: 13";
    private static final String CHUNKED = "Transfer-Encoding: chunked";
    private static final String CHUNKS = "d\r\n" + BODY + "\r\n0\r\n\r\n";

    @Test
    void honestFramesAreServed() throws IOException {
        assertThat(statuses(post("HTTP/1.1", HOST, LENGTH) + BODY, 700)).containsExactly(200);
        assertThat(statuses(post("HTTP/1.1", HOST, CHUNKED) + CHUNKS, 700)).containsExactly(200);
        assertThat(statuses(post("HTTP/1.0", HOST, LENGTH) + BODY, 700)).containsExactly(200);
    }

    @Test
    void twoLengthsOfOneBodyAreRefused() throws IOException {
        var smuggled = "0\r\n\r\nGET /api/status HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (var request : List.of(
                post("HTTP/1.1", HOST, LENGTH, CHUNKED) + CHUNKS,
                post("HTTP/1.0", HOST, LENGTH, CHUNKED) + CHUNKS,
                post("HTTP/1.0", HOST, CHUNKED) + CHUNKS,
                post("HTTP/1.1", HOST, LENGTH, CHUNKED) + smuggled,
                post("HTTP/1.1", HOST, "Transfer-Encoding: xchunked") + CHUNKS,
                post("HTTP/1.1", HOST, "Transfer-Encoding: chunked, identity") + CHUNKS,
                post("HTTP/1.1", HOST, CHUNKED, CHUNKED) + CHUNKS,
                post("HTTP/1.1", HOST, "Transfer-Encoding : chunked") + CHUNKS,
                post("HTTP/1.1", HOST, "Transfer-Encoding: \u000bchunked") + CHUNKS,
                post("HTTP/1.1", HOST, LENGTH, "Content-Length: 12") + BODY,
                post("HTTP/1.1", HOST, "Content-Length: +13") + BODY,
                post("HTTP/1.1", HOST, "Content-Length: -1") + BODY,
                post("HTTP/1.1", HOST, "Content-Length: 0x0d") + BODY)) {
            var statuses = statuses(request, 700);
            // netty may say 400 once more, to what it can't read as a next request
            assertThat(statuses).as(request).isSubsetOf(400, 501).hasSizeBetween(1, 2);
        }
    }

    @Test
    void doubtfulHeadsAreRefused() throws IOException {
        for (var request : List.of(
                post("HTTP/1.1", HOST, HOST, LENGTH) + BODY,
                post("HTTP/1.1", LENGTH) + BODY,
                post("HTTP/1.1", HOST, "X-A: a\u0000b", LENGTH) + BODY,
                "\u0000\u0001" + post("HTTP/1.1", HOST, LENGTH) + BODY,
                head("GET http://other.example/api/status HTTP/1.1", HOST),
                head("GET /api/status?" + "a=b&".repeat(500) + "c=d HTTP/1.1", HOST))) {
            var statuses = statuses(request, 700);
            assertThat(statuses).as(request).hasSizeLessThanOrEqualTo(1).isSubsetOf(400, 414, 431);
        }
    }

    @Test
    void badChunksAreNeverServed() throws IOException {
        for (var chunks : List.of("zz\r\n" + BODY + "\r\n0\r\n\r\n", "ffffffffffffffffff\r\n" + BODY, "-1\r\n\r\n")) {
            assertThat(statuses(post("HTTP/1.1", HOST, CHUNKED) + chunks, 3_000))
                    .doesNotContain(200);
        }
    }

    @Test
    void whatIsTooLargeIsSaidToBe() throws IOException {
        assertThat(statuses(head("GET /" + "a".repeat(10_000) + " HTTP/1.1", HOST), 700))
                .isSubsetOf(414);
        assertThat(statuses(head("GET / HTTP/1.1", HOST, "X-A: " + "a".repeat(70_000)), 700))
                .isSubsetOf(431);
        assertThat(statuses(post("HTTP/1.1", HOST, "Content-Length: 40000000"), 700))
                .containsExactly(413);
    }

    @ParameterizedTest
    @CsvSource({"TRACE,405", "CONNECT,405", "BREW,405"})
    void unknownMethodsAreRefused(String method, int status) throws IOException {
        assertThat(statuses(head(method + " /api/status HTTP/1.1", HOST), 700)).containsExactly(status);
    }

    @Test
    void unknownVersionsAreRefused() throws IOException {
        assertThat(statuses(head("GET / HTTP/9.9", HOST), 700))
                .isSubsetOf(501, 505, 400)
                .hasSize(1);
    }

    @Test
    void aBodyThatNeverEndsIsEnded() throws IOException {
        assertThat(statuses(post("HTTP/1.1", HOST, LENGTH) + "{\"al", 6_000))
                .isSubsetOf(408)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks;x=1", "/api;v=1/tasks", "/api%2Ftasks", "/api%3Btasks", "/api%5Ctasks", "/api/tasks%00",
                "/api\\tasks", "//api/tasks", "/api//tasks", "/api/./tasks", "/api/x/../tasks", "/%2e%2e/api/tasks",
                "/api/tasks/..", "/api%252Ftasks"
            })
    void pathsThatReadInTwoWaysAreRefused(String path) throws IOException {
        assertThat(statuses(head("GET " + path + " HTTP/1.1", HOST), 700)).containsExactly(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/%74asks", "/api/tasks/", "/API/TASKS", "/api/tasks%20", "/Api/tasks"})
    void otherSpellingsGetNothingWithoutAKey(String path) throws IOException {
        assertThat(statuses(head("GET " + path + " HTTP/1.1", HOST), 700)).isSubsetOf(401, 404);
    }

    @Test
    void aKeyInTheAddressIsRefused() throws IOException {
        for (var query : List.of("api_key=x", "X-API-KEY=x", "a=iai_abc", "access_token=x")) {
            assertThat(statuses(head("GET /api/tasks?" + query + " HTTP/1.1", HOST), 700))
                    .containsExactly(400);
        }
    }
}
