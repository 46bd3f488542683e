package io.infraai.simulators.kubernetes;

import org.jspecify.annotations.Nullable;

/** One write: before and after, of which one may be missing but not both. */
record Change(
        long version,
        ObjectKey key,
        @Nullable Stored before,
        @Nullable Stored after) {}
