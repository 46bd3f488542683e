package io.infraai.messaging.redis;

import java.util.List;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.types.ErrorType;

/** How a channel reads its stream: as one of a group, or by itself. Confined to the context of its channel. */
sealed interface Source {

    /** Makes reading possible: before the first read, and after {@link #isGone}. */
    Future<Void> prepare();

    /** The command which waits for new entries. */
    Request read(int atMost);

    /** Told of every entry read, in order. */
    void received(List<Entry> entries);

    /** Whether the failure says that what {@link #prepare} made is no longer there. */
    boolean isGone(Throwable failure);

    /** Shares the entries with the other consumers of a group. */
    record OfGroup(InboundSettings settings, String group, PinnedConnection commands) implements Source {

        /** From the first entry on: what was written before the group existed is wanted, too. */
        @Override
        public Future<Void> prepare() {
            return commands.send(Request.cmd(Command.XGROUP)
                            .arg("CREATE")
                            .arg(settings.stream())
                            .arg(group)
                            .arg("0")
                            .arg("MKSTREAM"))
                    .<Void>mapEmpty()
                    .recover(failure -> failure instanceof ErrorType error && error.is("BUSYGROUP")
                            ? Future.succeededFuture()
                            : Future.failedFuture(failure));
        }

        @Override
        public Request read(int atMost) {
            return Request.cmd(Command.XREADGROUP)
                    .arg("GROUP")
                    .arg(group)
                    .arg(settings.consumer())
                    .arg("COUNT")
                    .arg(atMost)
                    .arg("BLOCK")
                    .arg(settings.block().toMillis())
                    .arg("STREAMS")
                    .arg(settings.stream())
                    .arg(">");
        }

        @Override
        public void received(List<Entry> entries) {
            // the group remembers
        }

        /** UNBLOCKED is what a waiting reader is told when the stream is deleted or the database flushed. */
        @Override
        public boolean isGone(Throwable failure) {
            return failure instanceof ErrorType error && (error.is("NOGROUP") || error.is("UNBLOCKED"));
        }
    }

    /** Reads every entry written after the start. */
    final class OfTail implements Source {

        private final InboundSettings settings;
        private final PinnedConnection commands;
        private String last = "";

        OfTail(InboundSettings settings, PinnedConnection commands) {
            this.settings = settings;
            this.commands = commands;
        }

        /**
         * Finds the last entry once: with {@code $} in each read, what is written between two reads would be missed. Later only
         * if the stream ends before that, as after a failover to a server that lagged or whose clock is behind: what is written
         * then would look as if it had been read.
         */
        @Override
        public Future<Void> prepare() {
            return commands.send(Request.cmd(Command.XREVRANGE)
                            .arg(settings.stream())
                            .arg("+")
                            .arg("-")
                            .arg("COUNT")
                            .arg(1))
                    .map(newest -> {
                        var end = newest.size() == 0
                                ? "0-0"
                                : newest.get(0).get(0).toString();
                        if (last.isEmpty() || Entry.BY_ID.compare(end, last) < 0) {
                            last = end;
                        }
                        return null;
                    });
        }

        @Override
        public Request read(int atMost) {
            return Request.cmd(Command.XREAD)
                    .arg("COUNT")
                    .arg(atMost)
                    .arg("BLOCK")
                    .arg(settings.block().toMillis())
                    .arg("STREAMS")
                    .arg(settings.stream())
                    .arg(last);
        }

        @Override
        public void received(List<Entry> entries) {
            if (!entries.isEmpty()) {
                last = entries.getLast().id();
            }
        }

        @Override
        public boolean isGone(Throwable failure) {
            return true;
        }
    }
}
