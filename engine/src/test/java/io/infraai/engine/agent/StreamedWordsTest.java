package io.infraai.engine.agent;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnsReplied;
import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.model.ModelEvent.Answered;
import io.infraai.engine.model.ModelEvent.Text;
import io.infraai.testkit.EmbeddedServices;

import static io.infraai.engine.agent.Chats.PATIENCE;
import static io.infraai.engine.agent.Chats.REPLY_TO;
import static io.infraai.engine.agent.ScriptedModels.USED;
import static io.infraai.engine.agent.ScriptedModels.says;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a follower is sent of an answer while it is written, as it lies in Redis. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class StreamedWordsTest {

    private static final Actor ADA = new Actor(new TenantId("default"), "ada", Set.of(Role.VIEWER));

    @Inject
    Chats chats;

    @Inject
    ScriptedModels models;

    @Inject
    RedisDataSource redis;

    @Inject
    ObjectMapper json;

    private final String message = "m-" + UUID.randomUUID();

    @BeforeEach
    void advertiseAToolThatChangesSomething() {
        chats.advertisePressButton();
    }

    @Test
    void everyWordOfALongAnswerIsSentOnceAndInItsOrder() {
        var words = IntStream.range(0, 20_000).mapToObj(i -> "w" + i + " ").toArray(String[]::new);
        models.script(message, _ -> says(words));

        var turn = chats.ended(ADA, chats.ask(ADA, "s-" + message, message));

        var told = deltas(turn.id());
        assertThat(text(told)).isEqualTo(String.join("", words));
        var numbers = told.stream().map(NumberedReply::sequence).toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
        assertThat(numbers.getFirst()).isGreaterThan(turn.events().getFirst().sequence());
        assertThat(numbers.getLast()).isLessThan(turn.events().getLast().sequence());
    }

    /** Words outnumber the places between two stored events. */
    @Test
    void aStreamOfManyWordsIsSentWholeAndInItsOrder() {
        var words = 1_500;
        models.script(
                message,
                _ -> Multi.createBy()
                        .concatenating()
                        .streams(
                                Multi.createFrom()
                                        .ticks()
                                        .every(Duration.ofMillis(1))
                                        .select()
                                        .first(words)
                                        .map(number -> new Text("w" + number + " ")),
                                says()));

        var turn = chats.ended(ADA, chats.ask(ADA, "s-" + message, message));

        var told = deltas(turn.id());
        assertThat(text(told))
                .isEqualTo(
                        IntStream.range(0, words).mapToObj(i -> "w" + i + " ").collect(Collectors.joining()));
        assertThat(told).hasSizeBetween(50, NumberedReply.BLOCK);
        assertThat(told.stream().map(NumberedReply::sequence)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aWordIsSentBeforeTheNextOneIsWritten() throws Exception {
        var writing = new CompletableFuture<MultiEmitter<? super ModelEvent>>();
        models.script(message, _ -> Multi.createFrom().<ModelEvent>emitter(writing::complete));
        var turn = chats.ask(ADA, "s-" + message, message);
        var model = writing.get(PATIENCE.toSeconds(), SECONDS);

        for (var words = 1; words <= 5; words++) {
            model.emit(new Text("word" + words + " "));
            var expected = words;
            await().atMost(PATIENCE).until(() -> deltas(turn.id()).size() == expected);
        }
        model.emit(new Text("and the rest"));
        model.emit(new Answered("scripted", AiMessage.from("word1 word2 word3 word4 word5 and the rest"), USED));
        model.complete();
        chats.ended(ADA, turn);

        assertThat(text(deltas(turn.id()))).isEqualTo("word1 word2 word3 word4 word5 and the rest");
    }

    private static String text(List<NumberedReply> deltas) {
        return deltas.stream().map(reply -> ((Delta) reply.event()).text()).collect(Collectors.joining());
    }

    private List<NumberedReply> deltas(UUID turn) {
        return redis.stream(String.class).xrange(REPLY_TO, StreamRange.of("-", "+")).stream()
                .flatMap(entry -> replied(String.valueOf(entry.payload().get("data"))).stream())
                .filter(replied -> replied.turnId().equals(turn))
                .map(TurnReplied::reply)
                .filter(reply -> reply.event() instanceof Delta)
                .toList();
    }

    private List<TurnReplied> replied(String data) {
        try {
            return json.readValue(data, TurnsReplied.class).replies();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
