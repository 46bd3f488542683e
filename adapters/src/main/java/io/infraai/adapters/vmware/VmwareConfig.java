package io.infraai.adapters.vmware;

import java.time.Duration;
import java.util.Map;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where vCenter, or a lone ESXi host, is, who we are there, and bounds on what InfraAI asks of it. */
@ConfigMapping(prefix = "infraai.vmware")
public interface VmwareConfig extends ServerAccess {

    /**
     * More servers by the names that tools give them; one named {@code default} replaces what is said above. The bounds below
     * hold for each.
     */
    Map<String, ServerAccess> servers();

    /** How long connecting may take. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long looking or asking once may take, with the login and all pages that it needs. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long to wait before a running task, or a machine that goes down, is looked at again. */
    @WithDefault("500ms")
    Duration pollInterval();

    /** How long to look for traces of a request whose answer was lost, before it is left in doubt. */
    @WithDefault("20s")
    Duration settleTime();

    /** Calls at once. */
    @WithDefault("8")
    int concurrency();

    /** Calls that may wait for a lane; more are held back. */
    @WithDefault("1000")
    int waiting();

    /** So many failures in a row open the circuit breaker. */
    @WithDefault("5")
    int breakerFailures();

    /** How long the breaker stays open, and a refused password isn't tried again: accounts are locked after a few. */
    @WithDefault("30s")
    Duration breakerDelay();
}
