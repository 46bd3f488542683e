package io.infraai.adapters.vmware;

import org.jspecify.annotations.Nullable;

/** Parameters that say which VMware server is meant. */
interface OnServer {

    /** Null for the default server. */
    @Nullable
    String server();
}
