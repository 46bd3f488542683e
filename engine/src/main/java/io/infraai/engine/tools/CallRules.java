package io.infraai.engine.tools;

import java.time.Duration;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What conversations may have tools do. The keys belong to the gateway and to healing, which describe them. */
@ApplicationScoped
class CallRules {

    private final Set<String> protectedNamespaces;
    private final Duration taskMaxAge;
    private final Duration longestAnswer;

    CallRules(
            @ConfigProperty(name = "infraai.policies.protected-namespaces", defaultValue = "kube-system")
                    Set<String> protectedNamespaces,
            @ConfigProperty(name = "infraai.tools.task-max-age", defaultValue = "15m") Duration taskMaxAge,
            @ConfigProperty(name = "infraai.tools.longest-answer", defaultValue = "30s") Duration longestAnswer) {
        this.protectedNamespaces = protectedNamespaces;
        this.taskMaxAge = taskMaxAge;
        this.longestAnswer = longestAnswer;
    }

    Set<String> protectedNamespaces() {
        return protectedNamespaces;
    }

    Duration taskMaxAge() {
        return taskMaxAge;
    }

    Duration longestAnswer() {
        return longestAnswer;
    }
}
