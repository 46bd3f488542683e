package io.infraai.messaging.redis;

import java.util.function.Supplier;

/** What a channel counts. */
interface StreamMetrics {

    /** Messages handed to the application, in its first attempt or a later one. */
    void delivered();

    /** Messages acknowledged by the application. */
    void acknowledged();

    /** Messages refused by the application. */
    void refused();

    /** Entries written to the dead letters. */
    void deadLettered();

    /** Entries taken over because they had been pending for too long. */
    void reclaimed();

    /** Called once, with a way to ask for the number of entries read and not settled. */
    void watchInFlight(Supplier<Number> inFlight);

    /** Ends the counting. */
    void close();

    /** Counts with Micrometer if the application has it. */
    static StreamMetrics of(String channel, String stream) {
        try {
            return new MicrometerMetrics(channel, stream);
        } catch (NoClassDefFoundError absent) {
            return NoMetrics.INSTANCE;
        }
    }

    /** Counts nothing. */
    enum NoMetrics implements StreamMetrics {
        INSTANCE;

        @Override
        public void delivered() {}

        @Override
        public void acknowledged() {}

        @Override
        public void refused() {}

        @Override
        public void deadLettered() {}

        @Override
        public void reclaimed() {}

        @Override
        public void watchInFlight(Supplier<Number> inFlight) {}

        @Override
        public void close() {}
    }
}
