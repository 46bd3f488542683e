package io.infraai.engine.reply;

import java.util.Optional;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.untrusted.Quotes;

/**
 * Tells the pieces that a model streams. A piece leaves at once when nothing of the turn is on its way; what comes meanwhile is
 * put together and leaves when that has arrived. So nobody waits for a batch to fill, a turn has one entry on its way to Redis
 * at a time, and the slower Redis is, the fewer and larger they are.
 */
public final class DeltaBatcher {

    private final TurnJournal journal;
    private final Words words;
    private final StringBuilder waiting = new StringBuilder();
    private boolean sending;
    private boolean over;

    private DeltaBatcher(TurnJournal journal, Words words) {
        this.journal = journal;
        this.words = words;
    }

    /**
     * Tells the text to the turn's followers while it comes.
     *
     * @param asked the user's message
     * @param quotes what placeholders in the text stand for
     * @return the last event, after all text was sent
     */
    public static Uni<Optional<ModelEvent>> tell(
            Multi<ModelEvent> answer, TurnJournal journal, String asked, Quotes quotes) {
        var batcher = new DeltaBatcher(journal, new Words(asked, quotes));
        return answer.onItem()
                .invoke(batcher::hear)
                .onCancellation()
                .invoke(batcher::giveUp)
                .collect()
                .last()
                .map(last -> {
                    batcher.finish();
                    return Optional.ofNullable(last);
                });
    }

    private synchronized void hear(ModelEvent event) {
        if (event instanceof ModelEvent.Text(var delta)) {
            words.add(delta).ifPresent(waiting::append);
            proceed();
        }
    }

    private void proceed() {
        if (!sending && !over && waiting.length() >= journal.leastDelta()) {
            sending = true;
            send();
        }
    }

    private synchronized void arrived() {
        sending = false;
        proceed();
    }

    /** Text belongs to the event that was stored before it, so none may be left for later. */
    private synchronized void finish() {
        over = true;
        words.rest().ifPresent(waiting::append);
        if (!waiting.isEmpty()) {
            send();
        }
    }

    private synchronized void giveUp() {
        over = true;
    }

    private void send() {
        var text = waiting.toString();
        waiting.setLength(0);
        var _ = journal.delta(text).subscribe().with(_ -> arrived());
    }
}
