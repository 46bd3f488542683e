package io.infraai.simulators.kubernetes;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Who controls whom. */
final class Owners {

    private Owners() {}

    /** The object that controls another, null when there is none or it is gone. */
    static @Nullable Stored controller(ObjectStore store, Stored object) {
        for (var reference : object.at("metadata", "ownerReferences")) {
            var kind = kind(reference.path("kind").asText());
            if (kind.isPresent() && reference.path("controller").asBoolean()) {
                var owner = store.get(new ObjectKey(
                        kind.get(),
                        object.key().namespace(),
                        reference.path("name").asText()));
                return owner != null && owner.uid().equals(reference.path("uid").asText()) ? owner : null;
            }
        }
        return null;
    }

    static void refer(ObjectNode metadata, Stored owner) {
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", owner.key().kind().apiVersion())
                .put("kind", owner.key().kind().kind())
                .put("name", owner.key().name())
                .put("uid", owner.uid())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    private static Optional<ResourceKind> kind(String name) {
        return switch (name) {
            case "ReplicaSet" -> Optional.of(ResourceKind.REPLICA_SET);
            case "Deployment" -> Optional.of(ResourceKind.DEPLOYMENT);
            case "StatefulSet" -> Optional.of(ResourceKind.STATEFUL_SET);
            case "DaemonSet" -> Optional.of(ResourceKind.DAEMON_SET);
            default -> Optional.empty();
        };
    }
}
