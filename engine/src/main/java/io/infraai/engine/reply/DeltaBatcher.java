package io.infraai.engine.reply;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.untrusted.Quotes;

/** Puts the pieces that a model streams together, so that a fast one costs no entry of a stream for each token. */
public final class DeltaBatcher {

    private static final Duration LONGEST = Duration.ofMillis(50);

    /** Pieces, which are a few characters each. */
    private static final int MOST = 64;

    private DeltaBatcher() {}

    /**
     * Tells the text to the turn's followers while it comes.
     *
     * @param asked the user's message
     * @param quotes what placeholders in the text stand for
     * @return the last event
     */
    public static Uni<Optional<ModelEvent>> tell(
            Multi<ModelEvent> answer, TurnJournal journal, String asked, Quotes quotes) {
        var words = new Words(asked, quotes);
        return answer.group()
                .intoLists()
                .of(MOST, LONGEST)
                .onItem()
                .invoke(some -> words.add(text(some)).ifPresent(journal::delta))
                .collect()
                .last()
                .map(some -> {
                    words.rest().ifPresent(journal::delta);
                    return Optional.ofNullable(some).map(List::getLast);
                });
    }

    private static String text(List<ModelEvent> some) {
        return some.stream()
                .map(event -> event instanceof ModelEvent.Text(var delta) ? delta : "")
                .collect(Collectors.joining());
    }
}
