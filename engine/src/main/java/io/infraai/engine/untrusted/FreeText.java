package io.infraai.engine.untrusted;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which texts of a tool's result are free for strangers to write and aren't needed to answer: values of annotations, of labels
 * that don't say where something is, titles, descriptions and the like. What a tool is called for, such as the lines of a log,
 * the message of an event or an external tool's answer, stays.
 */
final class FreeText {

    /** Labels that say what or where something is; the values of all others are free text. */
    private static final Set<String> IDENTIFYING = Set.of(
            ("alertname namespace pod deployment statefulset daemonset replicaset job cronjob job_name node instance host"
                            + " hostname service container cluster severity vm vm_name server device mountpoint endpoint phase"
                            + " reason status condition code method handler le quantile app component __name__"
                            + " persistentvolumeclaim app.kubernetes.io/name app.kubernetes.io/instance"
                            + " app.kubernetes.io/component k8s-app pod-template-hash kubernetes.io/hostname"
                            + " topology.kubernetes.io/zone topology.kubernetes.io/region kubernetes.io/metadata.name")
                    .split(" "));

    private static final Set<String> LABELS =
            Set.of("labels", "matchLabels", "group_labels", "common_labels", "metric");

    private static final Set<String> FREE = Set.of(
            "title",
            "description",
            "banner",
            "tags",
            "comment",
            "cause",
            "product",
            "version_text",
            "created_by",
            "question");

    /** Lists of what Kubernetes names, and so can't hold a sentence. */
    private static final Set<String> KUBERNETES = Set.of("pods", "nodes", "items", "deployments");

    /** Of these the texts are what is asked for, or were written by those who run InfraAI. */
    private static final Set<String> OWN =
            Set.of("get_policies", "propose_policy", "explain_decision", "get_task", "list_tasks", "llm_reasoning");

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./:-]{0,119}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9_/][A-Za-z0-9._:/@+=-]{0,127}");
    private static final Pattern KUBERNETES_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,80}");

    /** Numbers, times and truth values carry nothing. */
    private static final Pattern PLAIN = Pattern.compile("[0-9.,:TZ+%-]{1,40}|true|false");

    private FreeText() {}

    static boolean isOwn(String tool) {
        return OWN.contains(tool);
    }

    static boolean isKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** Whether everything below the field is somebody's text. */
    static boolean isFree(String field) {
        return field.equals("annotations") || FREE.contains(field);
    }

    static boolean isLabels(String field) {
        return LABELS.contains(field);
    }

    static boolean isFreeLabel(String label, String value) {
        return !IDENTIFYING.contains(label) || !LABEL_VALUE.matcher(value).matches();
    }

    /**
     * @param list the list that the object with this name is in; empty when it is in none
     */
    static boolean isNoName(String field, String value, String list) {
        return switch (field) {
            case "name", "namespace", "hostname" ->
                KUBERNETES.contains(list)
                        ? !value.isEmpty() && !KUBERNETES_NAME.matcher(value).matches()
                        : !value.isEmpty() && !NAME.matcher(value).matches();
            default -> false;
        };
    }

    static boolean isPlain(String value) {
        return PLAIN.matcher(value).matches();
    }
}
