package io.infraai.adapters.kubernetes;

import org.jspecify.annotations.Nullable;

/** Parameters that say which cluster is meant. */
interface InCluster {

    String DESCRIPTION = "The cluster's name in InfraAI's configuration";

    /** Null for the default cluster. */
    @Nullable
    String cluster();
}
