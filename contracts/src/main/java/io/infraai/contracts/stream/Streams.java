package io.infraai.contracts.stream;

/**
 * Names of the Redis streams. Braces keep a stream and its dead letters in one slot of a Redis Cluster. A stream is a
 * doorbell: PostgreSQL holds the truth, and what is lost here is rung again by the sweepers.
 */
public final class Streams {

    public static final String EPISODES = "infraai:{episodes}";
    public static final String TASKS = "infraai:{tasks}";
    public static final String OUTCOMES = "infraai:{outcomes}";
    public static final String POLICIES = "infraai:{policies}";
    public static final String CALLS = "infraai:{calls}";
    public static final String REPLIES = "infraai:{replies}";
    public static final String TURNS = "infraai:{turns}";
    public static final String CANCELS = "infraai:{cancels}";
    public static final String CHAT = "infraai:{chat}";

    private Streams() {}
}
