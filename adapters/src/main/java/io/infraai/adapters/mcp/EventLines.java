package io.infraai.adapters.mcp;

import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.infraai.contracts.tool.FailureReason;

/** Reads server-sent events, each of them one message, until one answers. */
final class EventLines implements Subscriber<String> {

    private static final int MOST_REQUESTS = 10;

    private final long id;
    private final Consumer<Reply> answered;
    private final Consumer<JsonNode> asked;
    private final StringBuilder event = new StringBuilder();
    private int requests;
    private Reply reply = new Reply.Failure(FailureReason.TIMED_OUT, "The server ended its events without an answer");

    /**
     * @param asked told the ids of what the server asks of us
     */
    EventLines(long id, Consumer<Reply> answered, Consumer<JsonNode> asked) {
        this.id = id;
        this.answered = answered;
        this.asked = asked;
    }

    Reply reply() {
        return reply;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith("data:")) {
            event.append(line, "data:".length(), line.length()).append('\n');
        } else if (line.isEmpty()) {
            end();
        }
    }

    @Override
    public void onError(Throwable failure) {
        // whoever subscribed us gets it too
    }

    @Override
    public void onComplete() {
        end();
    }

    private void end() {
        if (event.isEmpty()) {
            return;
        }
        var message = Rpc.read(event.toString());
        event.setLength(0);
        if (Rpc.answers(message, id)) {
            reply = Rpc.reply(message);
            answered.accept(reply);
        } else if (Rpc.asksUs(message) && requests++ < MOST_REQUESTS) {
            asked.accept(message.get("id"));
        }
    }
}
