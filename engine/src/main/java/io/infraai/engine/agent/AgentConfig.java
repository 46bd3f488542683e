package io.infraai.engine.agent;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a turn of a conversation may use up, and how engines treat turns. */
@ConfigMapping(prefix = "infraai.agent")
public interface AgentConfig {

    /** Answers of a model in one turn. */
    @WithDefault("10")
    int steps();

    /** Tool calls in one turn. */
    @WithDefault("16")
    int toolCalls();

    /** Tool calls that run at once. */
    @WithDefault("4")
    int parallelCalls();

    /** Tokens in and out of one turn. */
    @WithDefault("200000")
    long tokens();

    /** What one turn may cost, in the currency that the models' prices are configured in. */
    @WithDefault("1.0")
    double cost();

    /** Tokens in and out of one user's turns within a day (UTC). */
    @WithDefault("2000000")
    long tokensADay();

    /** What one user's turns within a day (UTC) may cost. */
    @WithDefault("20.0")
    double costADay();

    /** Calls that couldn't be made as the model wrote them, before the turn ends. */
    @WithDefault("2")
    int misfits();

    /** Time for a turn, not counting what it waits for people and tasks. */
    @WithDefault("60s")
    Duration time();

    /** Characters of the earlier conversation that a model is shown; older turns are summarised. */
    @WithDefault("24000")
    int memory();

    /** How long a claim lasts without a heartbeat before another engine may take the turn over. */
    @WithDefault("30s")
    Duration lease();

    /** How often a claim is extended; a third of the lease lets two heartbeats be lost. */
    @WithDefault("10s")
    Duration heartbeat();

    /** Engines that may die over a turn before it is given up. */
    @WithDefault("5")
    int attempts();

    /** A bell that wasn't heard for this long is rung again. */
    @WithDefault("3s")
    Duration ringAgain();

    /** How often lost bells and moved tasks are looked for. */
    @WithDefault("1s")
    Duration sweep();

    /** How long what happened in a turn is kept after its end: the calls and their results. What was said is kept on. */
    @WithDefault("P30D")
    Duration keepEvents();

    /** How long tool results are kept that were too long to be handed on whole. */
    @WithDefault("P7D")
    Duration keepDocuments();
}
