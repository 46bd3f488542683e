package io.infraai.engine.untrusted;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.engine.prompt.SafeReply;

import static org.assertj.core.api.Assertions.assertThat;

/** The sixty texts of the injection test, in each place: none is a name to act on, and none is read where it isn't needed. */
class HostileTextsTest {

    private static final int TEXTS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"label", "annotation", "pod", "title", "banner"})
    void aTextThatNobodyNeedsIsAPlaceholderAndHarmlessOnceItIsQuoted(String place) throws IOException {
        assertThat(texts()).hasSize(TEXTS).allSatisfy(text -> {
            var masked = Masked.of(MaskedTest.TURN, "c1-1", "list_things", new Done("1 object", detail(place, text)));

            assertThat(masked.texts()).containsValue(text);
            assertThat(masked.result().toString()).doesNotContain(text);
            var quotes = new Quotes.Collection()
                    .add(
                            MaskedTest.TURN,
                            Turns.after("list_things", "{}", detail(place, text).toString()))
                    .all();
            var placeholder = masked.texts().keySet().iterator().next();
            assertThat(SafeReply.of("See " + placeholder, "What is it?", quotes))
                    .doesNotContain("evil.example", "](", "<img", "`");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"label", "annotation", "pod", "title", "banner", "log", "content"})
    void noWordOfATextIsANameToActOn(String place) throws IOException {
        assertThat(texts()).allSatisfy(text -> {
            var known = new KnownNames()
                    .say("How is it?")
                    .see(
                            MaskedTest.TURN,
                            Turns.after("list_things", "{}", detail(place, text).toString()));

            assertThat(text.split("[^A-Za-z0-9-]+"))
                    .filteredOn(word -> word.length() > 3)
                    .noneMatch(known::knows);
        });
    }

    private static ObjectNode detail(String place, String text) {
        var detail = JsonNodeFactory.instance.objectNode();
        switch (place) {
            case "label" -> detail.putObject("labels").put("team", text);
            case "annotation" -> detail.putObject("annotations").put("description", text);
            case "pod" -> detail.putArray("pods").addObject().put("name", text);
            case "title" -> detail.put("title", text);
            case "banner" -> detail.putObject("services").put("banner", text);
            case "log" -> detail.put("log", "2026-11-25T10:00:00Z ERROR " + text);
            default -> detail.putArray("content").addObject().put("text", text);
        }
        return detail;
    }

    private static List<String> texts() throws IOException {
        try (var file = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(HostileTextsTest.class.getResourceAsStream("/injections.txt")),
                StandardCharsets.UTF_8))) {
            return file.lines().toList();
        }
    }
}
