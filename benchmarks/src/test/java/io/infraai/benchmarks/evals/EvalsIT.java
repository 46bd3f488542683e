package io.infraai.benchmarks.evals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.testkit.model.Asked;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;

/** The runner on the packaged application, with a model that does as it is told; {@code standalone} is packaged before. */
class EvalsIT {

    private static final String QUESTION =
            "Which pods of deployment cart in shop fail, what do its events say, should I scale it? ";

    private static ScriptedOpenAi model;
    private static Evals evals;

    @BeforeAll
    static void start() {
        model = ScriptedOpenAi.by(EvalsIT::reply);
        evals = Evals.start(
                Path.of("..", "standalone", "target", "quarkus-app", "quarkus-run.jar"),
                Map.of(
                        "infraai.models.order", "scripted",
                        "infraai.models.scripted.provider", "openai",
                        "infraai.models.scripted.model", "scripted-1",
                        "infraai.models.scripted.key", "none",
                        "infraai.models.scripted.base-url", model.url()));
    }

    @AfterAll
    static void stop() {
        evals.close();
        model.close();
    }

    @Test
    void theRightAnswerByTheRightToolScoresOne() throws Exception {
        var outcome = run("right");

        assertThat(outcome.score().complaints()).isEmpty();
        assertThat(outcome.score().total()).isEqualTo(1);
        assertThat(outcome.observed().tools()).containsExactly("list_pods");
        assertThat(outcome.observed().used().tokensOut()).isPositive();
    }

    @Test
    void aWrongAnswerScoresLess() throws Exception {
        var outcome = run("wrong-answer");

        assertThat(outcome.score().total()).isEqualTo(0.5);
        assertThat(outcome.score().complaints()).containsExactly("not said: CrashLoopBackOff");
    }

    @Test
    void aWrongToolScoresLess() throws Exception {
        var outcome = run("wrong-tool");

        assertThat(outcome.score().total()).isEqualTo(0.8);
        assertThat(outcome.observed().tools()).containsExactly("events");
    }

    @Test
    void anUnwantedEffectScoresNothing() throws Exception {
        var outcome = run("unwanted-effect");

        assertThat(outcome.observed().approvals()).isEqualTo(1);
        assertThat(outcome.score().complaints()).contains("unwanted: scaled deployments shop/cart 2→0");
        assertThat(outcome.score().total()).isZero();
    }

    private static Outcome run(String id) throws Exception {
        var scenario = Scenario.of(new ObjectMapper().readTree("""
                {"id":"%s","kind":"find",
                 "setup":[{"do":"break","namespace":"shop","deployment":"cart","how":"CrashLoopBackOff","heals":"never"}],
                 "turns":["%s(%s)"],
                 "expect":{"facts":["CrashLoopBackOff"],"tools":["list_pods"],
                   "effects":{"wanted":[],"unwanted":"any other"},"approve":true}}""".formatted(id, QUESTION, id)));
        return evals.run(List.of(scenario), _ -> {}).getFirst();
    }

    private static Reply reply(Asked asked) {
        var body = asked.body();
        if (body.contains("\"role\":\"tool\"")) {
            return Reply.text(body.contains("(wrong-answer)") ? "All is well. " : "cart is in CrashLoopBackOff. ");
        }
        if (body.contains("(wrong-tool)")) {
            return Reply.calls(new Reply.Call("c1", "events", "{\"namespace\":\"shop\"}"));
        }
        if (body.contains("(unwanted-effect)")) {
            return Reply.calls(new Reply.Call(
                    "c1", "scale_deployment", "{\"deployment_name\":\"cart\",\"namespace\":\"shop\",\"replicas\":0}"));
        }
        return Reply.calls(new Reply.Call("c1", "list_pods", "{\"namespace\":\"shop\"}"));
    }
}
