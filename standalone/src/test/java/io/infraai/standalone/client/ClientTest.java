package io.infraai.standalone.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** With a gateway that says what it is told to; with a real one it is tried where approvals are. */
class ClientTest {

    private static final String POLICY = "{\"name\":\"Mine\",\"mode\":\"observe\"}";

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var revision = exchange.getRequestHeaders().getFirst("If-Match");
            asked.add(request + (revision == null ? "" : " if " + revision) + (body.isEmpty() ? "" : " " + body));
            var answer = answers.getOrDefault(request, "404 {\"detail\":\"There is no such thing\"}");
            var bytes = answer.substring(4).getBytes(UTF_8);
            exchange.sendResponseHeaders(
                    Integer.parseInt(answer.substring(0, 3)), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("key"), "iai_key\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aListIsReadToItsEndAndShownAsATable() throws Exception {
        answers.put("GET /api/tasks?state=done&limit=50", """
                200 {"items":[{"id":7,"state":"done","tool":"restart_pod","target":"k8s:shop/pod/w\\u001b[2J\\nx",
                      "verification":{"state":"effective"}}],"next_cursor":"a b"}""");
        answers.put(
                "GET /api/tasks?state=done&limit=49&cursor=a+b",
                "200 {\"items\":[{\"id\":123,\"state\":\"done\",\"tool\":\"cordon\",\"target\":\"n\"}]}");

        assertThat(typed("tasks", "list", "--state", "done")).isZero();

        assertThat(out.toString(UTF_8).lines().map(String::strip))
                .containsExactly(
                        "ID   STATE  EFFECT     TOOL         TARGET               BY  CREATED  REASON",
                        "7    done   effective  restart_pod  k8s:shop/pod/w[2J x",
                        "123  done              cordon       n");
        assertThat(out.toString(UTF_8)).doesNotContain("\u001b");
    }

    @Test
    void aRefusalIsSaidInItsWordsWithTheFields() throws Exception {
        answers.put("GET /api/policies", "200 {\"items\":[]}");
        answers.put("POST /api/policies", """
                422 {"title":"Invalid","detail":"The policy can't work","errors":[{"path":"/action/tool","message":"no such tool"}]}""");
        Files.writeString(folder.resolve("p.json"), POLICY);

        assertThat(typed("policies", "apply", folder.resolve("p.json").toString()))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8))
                .isEqualToNormalizingNewlines("infraai: The policy can't work\n  /action/tool: no such tool\n");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void applyingAFileTwiceMakesOnePolicy() throws Exception {
        var file = Files.writeString(folder.resolve("p.json"), POLICY).toString();
        var stored = "{\"id\":5,\"revision\":3,\"mode\":\"observe\",\"name\":\"Mine\"}";
        answers.put("GET /api/policies", "200 {\"items\":[]}");
        answers.put("POST /api/policies", "201 " + stored);
        assertThat(typed("policies", "apply", file)).isZero();

        answers.put("GET /api/policies", "200 {\"items\":[" + stored + "]}");
        answers.put("PUT /api/policies/5", "200 " + stored);
        assertThat(typed("policies", "apply", file)).isZero();

        assertThat(asked).contains("POST /api/policies " + POLICY, "PUT /api/policies/5 if \"3\" " + POLICY);
        assertThat(out.toString(UTF_8)).contains("Saved policy 5, revision 3, observe: Mine", "Changed policy 5");
    }

    @Test
    void aTemplateIsFilledWithWhatIsSet() throws Exception {
        answers.put("GET /api/templates/t", """
                200 {"name":"t","parameters":[{"name":"replicas","type":"number"},{"name":"alert","type":"text"}]}""");
        answers.put("POST /api/templates/t/policies", "201 {\"id\":1}");

        assertThat(typed("templates", "use", "t", "--set", "replicas=6", "--set", "alert=6=7", "--mode", "approve"))
                .isZero();

        assertThat(asked).last().asString().endsWith("""
                {"parameters":{"replicas":6,"alert":"6=7"},"mode":"approve"}""");
    }

    @Test
    void aVerificationGoesOnToTheEndAndKeepsItsHead() throws Exception {
        var head = "{\"seq\":9,\"hash\":\"aa\"}";
        answers.put(
                "POST /api/audit/verify",
                "200 {\"valid\":true,\"complete\":true,\"checked\":9,\"unsealed\":0,\"head\":" + head + "}");
        var file = folder.resolve("heads").toString();

        assertThat(typed("audit", "verify", "--anchors", file)).isZero();
        assertThat(typed("audit", "verify", "--anchors", file)).isZero();

        assertThat(Files.readAllLines(Path.of(file))).containsExactly(head, head);
        assertThat(asked).last().asString().endsWith("{\"anchors\":[" + head + "]}");

        answers.put("POST /api/audit/verify", """
                200 {"valid":false,"complete":false,"checked":4,"head":{},"first_broken":{"index":5,"problem":"missing","detail":"Gone"}}""");
        assertThat(typed("audit", "verify")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("broken at 5: missing. Gone");
    }

    @Test
    void whatIsNoCommandIsSaidBeforeAnythingIsAsked() throws Exception {
        for (var words : List.of(
                List.of("polices", "list"),
                List.of("policies"),
                List.of("policies", "lst"),
                List.of("policies", "show", "x"),
                List.of("policies", "apply", "/no/such/file"),
                List.of("tasks", "list", "--stat", "done"),
                List.of("tasks", "list", "--limit", "0"),
                List.of("tasks", "show", "1", "2"),
                List.of("tasks", "list", "--state"),
                List.of("tasks", "list", "--url", "nonsense"))) {
            assertThat(Client.run(print(out), print(err), words.toArray(String[]::new)))
                    .as(words.toString())
                    .isEqualTo(2);
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void somethingElseThatListensThereIsSaid() throws Exception {
        answers.put("GET /api/policies", "200 <html>");
        assertThat(typed("policies", "list")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("is it InfraAI");
    }

    @Test
    void nobodyThereAndNoKeyAreSaid() throws Exception {
        server.stop(0);
        assertThat(typed("tasks", "list")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("nothing answers there");
        assertThat(Client.run(print(out), print(err), "tasks", "list", "--key-file", folder + "/none"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("no key in");
    }

    private int typed(String... words) throws InterruptedException {
        var address = "http://localhost:" + server.getAddress().getPort();
        var more =
                Stream.of("--url", address, "--key-file", folder.resolve("key").toString());
        return Client.run(
                print(out), print(err), Stream.concat(Stream.of(words), more).toArray(String[]::new));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
