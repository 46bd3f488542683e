package io.infraai.standalone.chat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String shown(String... frames) throws JsonProcessingException {
        for (var frame : frames) {
            screen.show(new ObjectMapper().readTree(frame));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerThatWasWrittenPieceByPieceIsShownOnce() throws JsonProcessingException {
        assertThat(shown(
                        "{\"type\":\"started\",\"attempt\":1}",
                        "{\"type\":\"token\",\"text\":\"Two \"}",
                        "{\"type\":\"token\",\"text\":\"pods.\"}",
                        "{\"type\":\"done\",\"reply\":\"Two pods.\"}"))
                .isEqualToNormalizingNewlines("Two pods.\n");
    }

    @Test
    void anAnswerThatLostAPieceIsShownWhole() throws JsonProcessingException {
        assertThat(shown("{\"type\":\"token\",\"text\":\"Two \"}", "{\"type\":\"done\",\"reply\":\"Two pods.\"}"))
                .isEqualToNormalizingNewlines("Two \nTwo pods.\n");
    }

    @Test
    void whatIsDoneForItIsShown() throws JsonProcessingException {
        assertThat(shown(
                        "{\"type\":\"tool_call\",\"tool\":\"list_pods\",\"arguments\":{\"namespace\":\"shop\"}}",
                        "{\"type\":\"tool_result\",\"status\":\"done\",\"summary\":\"2 of 40 pods\"}",
                        "{\"type\":\"tool_result\",\"status\":\"failed\",\"summary\":\"No route\"}",
                        "{\"type\":\"error\",\"message\":\"No model answers\"}"))
                .isEqualToNormalizingNewlines(
                        "→ list_pods {\"namespace\":\"shop\"}\n  ✔ 2 of 40 pods\n  ✘ No route\n✘ No model answers\n");
    }

    @Test
    void whatAModelOrAToolSaysIsNoCommandToTheTerminal() throws JsonProcessingException {
        assertThat(shown(
                        "{\"type\":\"token\",\"text\":\"a\\u001b[2Jb\\u009b31m\\u202ec\\r\\n\"}",
                        "{\"type\":\"tool_result\",\"status\":\"done\",\"summary\":\"\\u001b]0;x\\u0007\"}"))
                .doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\u0007")
                .contains("a[2Jb31mc");
    }

    @Test
    void whoeverIsAskedReadsWhatWasFoundOutAboutTheTarget() throws JsonProcessingException {
        assertThat(shown("""
                        {"type":"approval_required","tool":"scale_deployment","approval":{
                          "id":7,"sentence":"Scale deployment cart in shop from 2 to 4 pods",
                          "target":"k8s:default/shop/deployment/cart","target_identity":{"uid":"u-1"},
                          "dry_run":{"result":"accepted","said":"The API server would accept it"},
                          "evidence":{"observed":{"replicas":2,"conditions":["Available=True"],"events":[
                            {"type":"Warning","reason":"BackOff","count":3,"message":"restarting\\u001b[2J"}]}},
                          "undo":{"tool":"scale_deployment","arguments":{"replicas":2}},
                          "expires_at":"2026-11-26T00:30:00Z"}}"""))
                .isEqualToNormalizingNewlines(String.join(
                        "\n    ",
                        "  waits for approval: scale_deployment",
                        "effect: Scale deployment cart in shop from 2 to 4 pods",
                        "target: k8s:default/shop/deployment/cart",
                        "dry run: The API server would accept it",
                        "replicas: 2",
                        "conditions: [\"Available=True\"]",
                        "event: Warning BackOff, 3x: restarting[2J",
                        "undo: scale_deployment {\"replicas\":2}",
                        "until: 2026-11-26T00:30:00Z\n"));
    }

    @Test
    void optionsThatItDoesNotKnowAreNoMessage() {
        assertThat(ChatOptions.of("Which", "pods?", "--session", "s", "--json").message())
                .contains("Which pods?");
        assertThatThrownBy(() -> ChatOptions.of("--sesion", "s")).hasMessageContaining("--session ID");
        assertThatThrownBy(() -> ChatOptions.of("--port", "x")).hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> ChatOptions.of("--port")).hasMessageContaining("wants a value");
    }
}
