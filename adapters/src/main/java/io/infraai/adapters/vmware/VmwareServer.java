package io.infraai.adapters.vmware;

import java.time.Clock;

/** One server with its session, lanes and breaker. Nothing is opened before the first call. */
record VmwareServer(Vim vim, VmwareCalls calls, Machines machines, Tasks tasks, Performance performance)
        implements AutoCloseable {

    static VmwareServer of(VmwareConfig bounds, ServerSettings settings, Clock clock) {
        var vim = new Vim(bounds, settings, clock);
        var calls = new VmwareCalls(bounds, clock);
        return new VmwareServer(vim, calls, new Machines(vim), new Tasks(vim, calls), new Performance());
    }

    @Override
    public void close() {
        vim.close();
    }
}
