package io.infraai.messaging.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** An application which uses the connector as any would. */
@ApplicationScoped
public class Application {

    /** What is ordered. */
    public record Order(int number, String item) {}

    /** What a handler saw of its context. */
    record Seen(Order order, Context context, boolean duplicated, boolean fresh, boolean kept) {}

    private final Emitter<Order> orders;
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> receipts = new ConcurrentLinkedQueue<>();

    Application(@Channel("orders-out") Emitter<Order> orders) {
        this.orders = orders;
    }

    void send(Message<Order> order) {
        orders.send(order);
    }

    Queue<Seen> seen() {
        return seen;
    }

    Queue<String> receipts() {
        return receipts;
    }

    @Incoming("orders-in")
    @Outgoing("receipts-out")
    Uni<String> handle(Order order) {
        var context = Vertx.currentContext();
        var fresh = ContextLocals.get("order").isEmpty();
        ContextLocals.put("order", order.number());
        // as an asynchronous client would, on the same context but later
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(go -> task.run()))
                .map(done -> {
                    var kept = ContextLocals.get("order").filter(number -> number.equals(order.number()));
                    seen.add(new Seen(
                            order, context, VertxContext.isDuplicatedContext(context), fresh, kept.isPresent()));
                    return "receipt " + order.number();
                });
    }

    @Incoming("receipts-in")
    void file(String receipt) {
        receipts.add(receipt);
    }
}
