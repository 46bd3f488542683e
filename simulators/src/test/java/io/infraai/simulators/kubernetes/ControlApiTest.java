package io.infraai.simulators.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ControlApiTest extends ClusterTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        http.close();
    }

    @Test
    void callsCarryTaskFenceAgentAndEffect() throws Exception {
        client.resource(anyPod("shop", "web")).delete();

        var calls = send("GET", "/simulator/effects?task=" + TASK, "");

        assertThat(calls).hasSize(1);
        var call = calls.get(0);
        assertThat(call.path("task").asText()).isEqualTo(TASK);
        assertThat(call.path("fence").asInt()).isEqualTo(7);
        assertThat(call.path("verb").asText()).isEqualTo("delete");
        assertThat(call.path("status").asInt()).isEqualTo(200);
        assertThat(call.path("effects").get(0).path("what").asText()).isEqualTo("pod-deleted");
    }

    @Test
    void clearedCallsAreGone() throws Exception {
        pods("shop", "web");

        send("DELETE", "/simulator/calls", "");

        assertThat(send("GET", "/simulator/calls", "")).isEmpty();
    }

    @Test
    void aScriptBreaksOnePodOfADeploymentAndHealsIt() throws Exception {
        var order =
                "{\"namespace\":\"shop\",\"deployment\":\"web\",\"one\":true,\"how\":\"OOMKilled\",\"heals\":\"never\"}";

        var broken = send("POST", "/simulator/break", order).path("pods");
        assertThat(broken).hasSize(1);
        assertThat(send("GET", "/simulator/pods", "").toString()).contains("CrashLoopBackOff");

        send("POST", "/simulator/heal", "{\"namespace\":\"shop\",\"pod\":" + broken.get(0) + "}");
        settled("shop", "web", 3);
    }

    @Test
    void aScriptInjectsAndListsFaults() throws Exception {
        send(
                "POST",
                "/simulator/faults",
                "{\"verb\":\"delete\",\"path\":\"/pods/\",\"kind\":\"lost-reply\",\"times\":2}");

        var pending = send("GET", "/simulator/faults", "");
        assertThat(pending.get(0).path("kind").asText()).isEqualTo("lost-reply");
        assertThat(pending.get(0).path("times").asInt()).isEqualTo(2);

        send("DELETE", "/simulator/faults", "");
        assertThat(cluster.faults().pending()).isEmpty();
    }

    @Test
    void nonsenseOrdersAreRefused() throws Exception {
        assertThat(send("POST", "/simulator/break", "{\"namespace\":\"shop\",\"pod\":\"x\",\"how\":\"Sad\"}")
                        .path("code")
                        .asInt())
                .isEqualTo(400);
        assertThat(send("POST", "/simulator/faults", "{\"kind\":\"html\",\"path\":\"(\"}")
                        .path("code")
                        .asInt())
                .isEqualTo(400);
    }

    private JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.url() + path))
                .timeout(Duration.ofSeconds(5))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray()).body();
        return answer.length == 0 ? Json.object() : Json.parse(answer);
    }
}
