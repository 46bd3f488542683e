package io.infraai.adapters.kubernetes;

import org.jspecify.annotations.Nullable;

/** Parameters that name an object of any kind. */
interface NamesObject extends InCluster {

    String KIND_DESCRIPTION = "The kind in lower case, as in deployment or networkpolicy; custom resources too";
    String KIND = "^[a-z][a-z0-9]{0,62}$";

    String API_VERSION_DESCRIPTION = "Where several groups have the kind: which one, as in apps/v1";
    String API_VERSION =
            "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*/)?v[0-9][a-z0-9]{0,20}$";

    String NAMESPACE_DESCRIPTION = "The namespace it is in; left out for what has none, such as nodes";

    /** What stands for no namespace in target keys. */
    String NO_NAMESPACE = "-";

    /** In some kinds, such as roles, colons are allowed. */
    String NAME = "^[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?$";

    String kind();

    @Nullable
    String apiVersion();

    @Nullable
    String namespace();

    String name();
}
