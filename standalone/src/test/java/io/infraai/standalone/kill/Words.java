package io.infraai.standalone.kill;

import java.time.Duration;
import java.util.stream.IntStream;

/** Answers that say whose they are in every word. */
final class Words {

    static final String ASKED = "words for ";

    /** Three seconds for an answer: long enough for an engine to die in the middle of it. */
    static final Duration PAUSE = Duration.ofMillis(25);

    private static final int MANY = 120;

    private Words() {}

    static String question(String whose) {
        return ASKED + whose;
    }

    static String[] of(String question) {
        var whose = question.substring(ASKED.length());
        return IntStream.range(0, MANY)
                .mapToObj(number -> whose + ":" + number + " ")
                .toArray(String[]::new);
    }

    static String whole(String whose) {
        return String.join("", of(question(whose)));
    }
}
