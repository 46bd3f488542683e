package io.infraai.benchmarks.chaos;

import java.time.Duration;

/** What is done to the running installation. */
sealed interface Fault {

    /** For the user. */
    String told();

    /** A process ends as by {@code kill -9}, and is started again. */
    record Killed(String service) implements Fault {

        @Override
        public String told() {
            return "kill -9 of " + service;
        }
    }

    /** A process stands still, as on a machine that swaps, and goes on as if nothing had been. */
    record Paused(String service, Duration time) implements Fault {

        @Override
        public String told() {
            return service + " stands still for " + seconds(time);
        }
    }

    record RedisKilled(Duration away) implements Fault {

        @Override
        public String told() {
            return "Redis killed, back with its data after " + seconds(away);
        }
    }

    record RedisLost(Duration away) implements Fault {

        @Override
        public String told() {
            return "Redis killed, back without its data after " + seconds(away);
        }
    }

    record PostgresKilled(Duration away) implements Fault {

        @Override
        public String told() {
            return "PostgreSQL killed, back after " + seconds(away);
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
