package io.infraai.engine.offline;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something that has a name: what a user means, or what was seen in a result.
 *
 * @param kind one of the terms that {@link Term#takesName()}
 * @param namespace empty for what has none, or where it isn't known
 */
record Thing(Term kind, String namespace, String name) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** As deployments name their pods, and statefulsets theirs. */
    private static final Pattern OF_CONTROLLER = Pattern.compile(".+-([a-z0-9]{5,10}-[a-z0-9]{5}|[0-9]{1,3})");

    private static final Pattern OF_CLUSTER =
            Pattern.compile("(?:k8s-|kube-)?(?:worker|node|master|control-?plane|cp)s?[0-9.-].*|ip-[0-9-]+.*");

    private static final Pattern HASHED = Pattern.compile("-[a-z0-9]{5,10}-[a-z0-9]{5}$");

    static boolean isNamespace(String name) {
        return LABEL.matcher(name).matches();
    }

    static boolean isObject(String name) {
        return SUBDOMAIN.matcher(name).matches();
    }

    static boolean looksLikePod(String name) {
        return OF_CONTROLLER.matcher(name).matches();
    }

    /** As clusters number their nodes. */
    static boolean looksLikeNode(String name) {
        return OF_CLUSTER.matcher(name).matches();
    }

    /** What made a pod of this name, when a deployment did. */
    static String deploymentOf(String pod) {
        return HASHED.matcher(pod).replaceAll("");
    }

    /** In one word with its place: {@code shop/web-0}. */
    String shown() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    String sentence() {
        var what = kind.name().toLowerCase(Locale.ROOT).replace("_", "");
        return what + " " + name + (namespace.isEmpty() ? "" : " in " + namespace);
    }
}
