package io.infraai.worker.execution;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.infraai.contracts.stream.TaskRung;
import io.infraai.messaging.redis.tracing.Spans;

/** Hears the bell. */
@ApplicationScoped
class TaskConsumer {

    private final TaskRunner runner;
    private final Spans spans;

    TaskConsumer(TaskRunner runner, Spans spans) {
        this.runner = runner;
        this.spans = spans;
    }

    /**
     * Acknowledges the bell once the task is ended, put back, or found to need nothing. Returns before that, since the next
     * message isn't handed out earlier: how many tasks run at once is the channel's {@code max-in-flight}, the worker's slots.
     */
    @Incoming("tasks-in")
    @Acknowledgment(Strategy.MANUAL)
    CompletionStage<Void> onRung(Message<TaskRung> bell) {
        runner.run(bell.getPayload(), spans.of(bell)).subscribe().with(_ -> bell.ack(), bell::nack);
        return Uni.createFrom().voidItem().subscribeAsCompletionStage();
    }
}
