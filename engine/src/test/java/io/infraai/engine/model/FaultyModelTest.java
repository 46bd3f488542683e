package io.infraai.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.Reply.Ending;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a model's server does, whoever asks is told in time, and the server isn't stormed. */
class FaultyModelTest {

    private static final Reply.Streamed ANSWER = Reply.text("All ", "pods ", "run.");

    /**
     * @param text that was told before it went wrong
     * @param sent how often the question was sent
     */
    record Row(String name, Reply reply, ModelFailure reason, String text, int sent, String says) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(errors(), connections(), contents()).flatMap(rows -> rows);
    }

    private static Stream<Row> errors() {
        return Stream.of(
                row("500", Reply.error(500, "boom"), ModelFailure.PROVIDER_ERROR, 2, "answered 500 (\"boom\")"),
                row("503", Reply.error(503, "busy"), ModelFailure.PROVIDER_ERROR, 2, "try again later"),
                row("429", Reply.error(429, "slow down"), ModelFailure.HELD_BACK, 2, "fewer requests"),
                row("429 with a long wait", limited(60), ModelFailure.HELD_BACK, 1, "again in 60 s"),
                row("529", Reply.error(529, "overloaded"), ModelFailure.HELD_BACK, 2, "fewer requests"),
                row("401", Reply.error(401, "no"), ModelFailure.NOT_PERMITTED, 1, "infraai.models.primary.key-file"),
                row("404", Reply.error(404, "no"), ModelFailure.NOT_CONFIGURED, 1, "infraai.models.primary.model"),
                row("400", Reply.error(400, "too long"), ModelFailure.INVALID_REQUEST, 1, "too long"),
                row("501", Reply.error(501, "never"), ModelFailure.PROVIDER_ERROR, 1, "never"),
                row("redirect", Reply.redirect("/v2"), ModelFailure.NOT_CONFIGURED, 1, "redirects aren't followed"),
                row("page", Reply.html(200), ModelFailure.UNUSABLE_ANSWER, 1, "base-url"),
                row("page of a proxy", Reply.html(502), ModelFailure.PROVIDER_ERROR, 2, "answered 502: try"));
    }

    private static Stream<Row> connections() {
        return Stream.of(
                row("silence", new Reply.Silence(), ModelFailure.TIMED_OUT, 1, "within 1 s"),
                row("hangup", new Reply.Hangup(), ModelFailure.UNREACHABLE, 2, "cut the connection"),
                row("role, then silence", ANSWER.after(1, Ending.SILENCE), ModelFailure.TIMED_OUT, 1, "begin"),
                row("role, then cut", ANSWER.after(1, Ending.CUT), ModelFailure.UNUSABLE_ANSWER, 2, "before it began"),
                told("cut", ANSWER.after(3, Ending.CUT), ModelFailure.UNUSABLE_ANSWER, "All pods ", "in the middle"),
                told("ends early", ANSWER.after(3, Ending.PROPER), ModelFailure.UNUSABLE_ANSWER, "All pods ", "ask"),
                told("falls silent", ANSWER.after(3, Ending.SILENCE), ModelFailure.TIMED_OUT, "All pods ", "silent"),
                told("fails", failing(), ModelFailure.PROVIDER_ERROR, "All ", "while it answered"),
                told("huge", huge(), ModelFailure.TOO_LARGE, "x", "1024 KiB"),
                row("one endless line", frames("data: " + "x".repeat(2_000_000)), ModelFailure.TOO_LARGE, 1, "1024"));
    }

    private static Stream<Row> contents() {
        return Stream.of(
                row("refusal", Reply.refusal("I can't"), ModelFailure.REFUSED, 1, "I can't"),
                row("filter", Reply.streamed(Stream.of(), "content_filter"), ModelFailure.REFUSED, 1, "filter"),
                row("nothing", Reply.nothing(), ModelFailure.UNUSABLE_ANSWER, 1, "with nothing"),
                row("no frames", frames(""), ModelFailure.UNUSABLE_ANSWER, 2, "before it began"),
                row(
                        "no JSON",
                        frames("data: {\"choi\n\n"),
                        ModelFailure.UNUSABLE_ANSWER,
                        1,
                        "no answer of its protocol"),
                row("other JSON", frames("data: [1]\n\n"), ModelFailure.UNUSABLE_ANSWER, 2, "before it began"),
                row(
                        "error in the stream",
                        frames("data: {\"error\":{\"message\":\"out of memory\"}}\n\n"),
                        ModelFailure.PROVIDER_ERROR,
                        2,
                        "out of memory"));
    }

    /** The first question of a process loads half of the client, which takes longer than these tests wait. */
    @BeforeAll
    static void warmUp() {
        try (var server = ScriptedOpenAi.of(ANSWER);
                var asking = Asking.only(server.url(), "primary.first-token", "20s")) {
            asking.ask(Asking.question(Duration.ofSeconds(20)));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyFaultIsToldInTimeAndSentSeldom(Row row) {
        try (var server = ScriptedOpenAi.of(row.reply());
                var asking = Asking.only(server.url(), "primary.first-token", "1s")) {
            var heard = asking.ask();

            assertThat(heard.failed().reason()).isEqualTo(row.reason());
            assertThat(heard.failed().message())
                    .startsWith("The model primary ")
                    .contains(row.says());
            assertThat(heard.text()).startsWith(row.text());
            assertThat(server.requests()).hasSize(row.sent());
            assertThat(heard.took()).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void nobodyThereIsToldAtOnce() {
        String gone;
        try (var server = ScriptedOpenAi.of(ANSWER)) {
            gone = server.url();
        }
        try (var asking = Asking.only(gone)) {
            var heard = asking.ask();

            assertThat(heard.failed().reason()).isEqualTo(ModelFailure.UNREACHABLE);
            assertThat(heard.failed().message()).contains("is it running", "infraai.models.primary.base-url");
            assertThat(heard.took()).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void anAnswerThatNeverEndsIsEndedByTheDeadline() {
        var endless = Reply.text(Stream.generate(() -> "again ").limit(1_000).toArray(String[]::new))
                .every(Duration.ofMillis(50));
        try (var server = ScriptedOpenAi.of(endless);
                var asking = Asking.only(server.url())) {
            var heard = asking.ask(Asking.question(Duration.ofSeconds(1)));

            assertThat(heard.failed().reason()).isEqualTo(ModelFailure.TIMED_OUT);
            assertThat(heard.failed().message()).contains("didn't finish");
            assertThat(heard.text()).startsWith("again again ");
            assertThat(heard.took()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(2));
        }
    }

    @Test
    void aShortWaitThatTheProviderAsksForIsKept() {
        try (var server = ScriptedOpenAi.of(limited(1), ANSWER);
                var asking = Asking.only(server.url())) {
            var heard = asking.ask();

            assertThat(heard.answered().message().text()).isEqualTo("All pods run.");
            assertThat(heard.took()).isGreaterThan(Duration.ofSeconds(1));
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static Reply limited(int seconds) {
        return Reply.error(429, "slow down", Duration.ofSeconds(seconds));
    }

    private static Reply frames(String... frames) {
        return Reply.frames(List.of(frames));
    }

    /** For a reason that would pass, were it not too late to begin anew. */
    private static Reply failing() {
        return Reply.frames(List.of(ANSWER.frames().get(1), "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"));
    }

    private static Reply huge() {
        return Reply.text(Stream.generate(() -> "x".repeat(10_000)).limit(200).toArray(String[]::new));
    }

    private static Row row(String name, Reply reply, ModelFailure reason, int sent, String says) {
        return new Row(name, reply, reason, "", sent, says);
    }

    /** What has begun to answer is never asked again. */
    private static Row told(String name, Reply reply, ModelFailure reason, String text, String says) {
        return new Row(name, reply, reason, text, 1, says);
    }
}
