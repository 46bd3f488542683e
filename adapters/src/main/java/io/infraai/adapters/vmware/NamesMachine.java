package io.infraai.adapters.vmware;

import org.jspecify.annotations.Nullable;

/** Parameters that name a virtual machine. */
interface NamesMachine extends OnServer {

    String vmName();

    /** Null where the name is enough. */
    @Nullable
    String folder();

    default MachineName machine() {
        return new MachineName(vmName(), folder());
    }
}
