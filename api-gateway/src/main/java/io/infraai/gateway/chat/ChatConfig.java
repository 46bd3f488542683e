package io.infraai.gateway.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How people may talk to InfraAI. */
@ConfigMapping(prefix = "infraai.chat")
public interface ChatConfig {

    /** How long a plain answer is waited for; what takes longer is answered with the turn's address. */
    @WithDefault("30s")
    Duration answerDeadline();

    /** What a user may ask within a minute. */
    @WithDefault("20")
    int turnsPerMinute();

    /** How often the stored events of an unfinished turn are looked at when its stream says nothing. */
    @WithDefault("1s")
    Duration look();

    /** WebSockets and event streams that a user may have open on one instance. */
    @WithDefault("8")
    int streamsPerUser();

    /** A WebSocket on which nothing was said for this long is closed, and no event stream stays open for longer. */
    @WithDefault("10m")
    Duration idle();

    /** Origins whose web pages may open a WebSocket, such as {@code https://console.example}; none unless named. */
    Optional<Set<String>> allowedOrigins();
}
