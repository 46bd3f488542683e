package io.infraai.logs;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Takes secrets out of what platforms answer and of what is logged: private keys, tokens by their known forms, what stands behind a telling name, and
 * passwords in addresses. Patterns are RE2, so no text can hold it up.
 */
public final class Redaction {

    /** What stands where a secret stood. */
    public static final String MARK = "[redacted]";

    /** Names that tell of a secret, in whatever case and wherever in the name. */
    private static final String TELLING =
            "(?:passw(?:or)?d|passphrase|secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|credential)";

    /** Names that tell of a secret and hold but a reference to it, a count or a time. */
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i).*(?:name|ref|refs|path|file|type|kind|version|seconds|expiry|expires?|expiration|count|policy|id|selector|mount|volume)$");

    private static final Pattern TELLING_NAME = Pattern.compile("(?i).*" + TELLING + ".*");

    private record Rule(Pattern pattern, String replacement) {

        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\s:,-]*?-----END [A-Z ]*PRIVATE KEY-----", MARK),
            // JSON Web Tokens, service account tokens among them
            Rule.of("\\beyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*", MARK),
            // GitHub, GitLab, Slack, AWS, Google, model providers, Vault, npm, Docker, Grafana, ours
            Rule.of(
                    "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}"
                            + "|xox[abeoprs]-[A-Za-z0-9-]{10,}|A[KS]IA[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}|sk-[A-Za-z0-9_-]{20,}"
                            + "|hv[sb]\\.[A-Za-z0-9_-]{20,}|npm_[A-Za-z0-9]{30,}|dckr_pat_[A-Za-z0-9_-]{20,}|glsa_[A-Za-z0-9_]{20,}"
                            + "|iai_[A-Za-z0-9_-]{20,})",
                    MARK),
            Rule.of(
                    "(?i)\\b((?:proxy-)?authorization\"?\\s*[:=]\\s*\"?(?:bearer|basic|digest|token|apikey)\\s+)[^\\s\"',]+",
                    "$1" + MARK),
            Rule.of("(?i)\\b((?:set-)?cookie\"?\\s*[:=]\\s*\"?)[^\\r\\n\"]+", "$1" + MARK),
            Rule.of("(?i)\\b([a-z][a-z0-9+.-]*://[^\\s/:@\"']*:)[^\\s/@\"']+@", "$1" + MARK + "@"));

    /** {@code name=value}, {@code "name": "value"}, {@code name: value}. */
    private static final Pattern NAMED = Pattern.compile("(?i)([a-z0-9_.-]{0,64}" + TELLING
            + "[a-z0-9_.-]{0,32})([\"']?\\s*[:=]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s\"',;&}\\]]+)");

    private Redaction() {}

    public static String text(String text) {
        var redacted = text;
        for (var rule : RULES) {
            redacted = rule.pattern().matcher(redacted).replaceAll(rule.replacement());
        }
        return named(redacted);
    }

    private static String named(String text) {
        var found = NAMED.matcher(text);
        var redacted = new StringBuilder();
        while (found.find()) {
            var kept = found.group(1) + found.group(2);
            found.appendReplacement(
                    redacted, Matcher.quoteReplacement(HARMLESS.matches(found.group(1)) ? found.group() : kept + MARK));
        }
        return found.appendTail(redacted).toString();
    }

    /** The same of all texts in it, and of what stands under a telling name. */
    public static JsonNode tree(JsonNode tree) {
        return switch (tree) {
            case ObjectNode object -> object(object);
            case ArrayNode array -> {
                var redacted = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(each -> redacted.add(tree(each)));
                yield redacted;
            }
            default -> tree.isTextual() ? JsonNodeFactory.instance.textNode(text(tree.textValue())) : tree;
        };
    }

    private static ObjectNode object(ObjectNode object) {
        var redacted = JsonNodeFactory.instance.objectNode();
        // an environment variable: {"name": "DB_PASSWORD", "value": "…"}
        var namesASecret = tells(object.path("name").asText());
        object.properties().forEach(field -> {
            var hidden = field.getValue().isTextual()
                    && (tells(field.getKey()) || (namesASecret && field.getKey().equals("value")));
            redacted.set(field.getKey(), hidden ? JsonNodeFactory.instance.textNode(MARK) : tree(field.getValue()));
        });
        return redacted;
    }

    private static boolean tells(String name) {
        return TELLING_NAME.matches(name) && !HARMLESS.matches(name);
    }
}
