package io.infraai.engine.reply;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.infraai.engine.untrusted.Quotes;

import static org.assertj.core.api.Assertions.assertThat;

class WordsTest {

    @Test
    void textComesThroughWholeWordByWord() {
        assertThat(through("The pod", " web", "-0 is", " ready."))
                .containsExactly("The ", "pod ", "web-0 ", "is ", "ready.");
    }

    @Test
    void anAddressIsTakenOutHoweverItIsCutUp() {
        assertThat(String.join("", through("See ht", "tps:", "//evil.exa", "mple/?d=canary", " now")))
                .doesNotContain("evil", "canary")
                .isEqualTo("See [address removed] now");
    }

    @Test
    void aLinkWhoseTextHasSpacesIsNoLinkAnyMore() {
        assertThat(String.join("", through("![the ", "state](ht", "tps://evil.example/c) ", "ends")))
                .doesNotContain("evil", "](");
    }

    @Test
    void aWordWithoutEndIsLetThroughInPieces() {
        assertThat(through("x".repeat(5_000), "y")).hasSizeGreaterThan(1);
    }

    private static List<String> through(String... pieces) {
        var words = new Words("How is web-0?", Quotes.NONE);
        var out = new ArrayList<String>();
        for (var piece : pieces) {
            words.add(piece).ifPresent(out::add);
        }
        words.rest().ifPresent(out::add);
        return out;
    }
}
