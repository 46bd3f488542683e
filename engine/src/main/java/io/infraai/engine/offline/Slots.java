package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The names, numbers and times in a sentence. Filled in one go; what one slot took is nobody else's. */
final class Slots {

    /**
     * @param kind as the user called it; empty when only the name is there
     */
    record Named(Optional<Term> kind, String text) {}

    private static final Pattern COMPACT = Pattern.compile("(\\d{1,5})(s|m|min|h|d|w)");
    private static final Pattern PAIR = Pattern.compile("([a-z0-9-]+)/([a-z0-9.-]+)");
    private static final Pattern SUBNET = Pattern.compile("[0-9a-fA-F.:]+/[0-9]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** As rules are named: PodCrashLoop. */
    private static final Pattern ALERT_NAME = Pattern.compile("[A-Z][a-z0-9]+([A-Z][A-Za-z0-9]*)+");

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10));

    private static final Set<String> INSIDE = Set.of("in", "within", "inside", "-n", "--namespace");
    private static final Set<String> FROM = Set.of("from");
    private static final Set<String> BEFORE_NAMES = Set.of("of", "for", "from", "on", "about", "does", "did", "with");
    private static final Set<String> SKIPPED = Set.of("named", "called", "name", "the", "is", "with", "id", "number");
    private static final Set<String> SEARCHING =
            Set.of("containing", "contains", "matching", "grep", "mention", "mentioning");

    private final List<Token> tokens;
    private final boolean[] used;
    private final List<Named> names = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();
    private OptionalInt seconds = OptionalInt.empty();
    private Optional<String> search = Optional.empty();
    private Optional<String> subnet = Optional.empty();
    private Optional<String> uuid = Optional.empty();

    private Slots(Sentence sentence) {
        this.tokens = sentence.tokens();
        this.used = new boolean[tokens.size()];
    }

    static Slots of(Sentence sentence) {
        var slots = new Slots(sentence);
        slots.times();
        slots.searches();
        slots.shapes();
        slots.afterKinds();
        slots.beforeKinds();
        slots.places();
        slots.rest();
        return slots;
    }

    private void times() {
        for (int i = 0; i < tokens.size(); i++) {
            var word = tokens.get(i).lower();
            var compact = COMPACT.matcher(word);
            var next = i + 1 < tokens.size() ? tokens.get(i + 1).lower() : "";
            if (compact.matches()) {
                took(i, 1, Long.parseLong(compact.group(1)) * Spans.SECONDS.getOrDefault(compact.group(2), 1));
            } else if (Spans.DAYS.containsKey(word) && seconds.isEmpty()) {
                took(i, 1, Spans.DAYS.getOrDefault(word, 0));
            } else if (Spans.SECONDS.containsKey(next) && number(word).isPresent()) {
                took(i, 2, (long) number(word).getAsInt() * Spans.SECONDS.getOrDefault(next, 1));
            } else if (Spans.SECONDS.containsKey(next)
                    && Set.of("last", "past", "this").contains(word)) {
                took(i, 2, Spans.SECONDS.getOrDefault(next, 1));
            } else if (word.equals("half") && next.equals("an")) {
                took(i, 3, 1_800);
            }
        }
    }

    private void took(int from, int count, long value) {
        for (int i = from; i < Math.min(tokens.size(), from + count); i++) {
            used[i] = true;
        }
        seconds = OptionalInt.of((int) Math.clamp(value, 1, 30L * 86_400));
    }

    private static OptionalInt number(String word) {
        if (NUMBERS.containsKey(word)) {
            return OptionalInt.of(NUMBERS.get(word));
        }
        return word.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
    }

    /** What is known by how it is written. */
    private void shapes() {
        for (int i = 0; i < tokens.size(); i++) {
            var text = tokens.get(i).text();
            var pair = PAIR.matcher(text.toLowerCase(Locale.ROOT));
            if (used[i]) {
                continue;
            }
            if (text.matches("\\d{1,6}") || (NUMBERS.containsKey(text.toLowerCase(Locale.ROOT)) && text.length() > 2)) {
                number(text.toLowerCase(Locale.ROOT)).ifPresent(numbers::add);
                used[i] = !text.equalsIgnoreCase("one");
            } else if (SUBNET.matcher(text).matches()) {
                subnet = Optional.of(text);
                used[i] = true;
            } else if (UUID.matcher(text).matches()) {
                uuid = Optional.of(text);
                used[i] = true;
            } else if (pair.matches() && !tokens.get(i).quoted()) {
                pair(i, pair.group(1), pair.group(2));
            } else if (ALERT_NAME.matcher(text).matches() && tokens.get(i).mayName()) {
                take(i, Optional.of(isPolicy(i) ? Term.POLICY : Term.ALERTS));
            }
        }
    }

    private boolean isPolicy(int i) {
        return (i > 0 && tokens.get(i - 1).is(Term.POLICY))
                || (i + 1 < tokens.size() && tokens.get(i + 1).is(Term.POLICY));
    }

    private void pair(int i, String first, String second) {
        var kind = Term.of(first).filter(Term::takesName);
        if (kind.isEmpty()) {
            namespaces.add(first);
        }
        names.add(new Named(kind, second));
        used[i] = true;
    }

    private void searches() {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var next = tokens.get(i + 1);
            var words = SEARCHING.contains(tokens.get(i).lower());
            var quote =
                    next.quoted() && (tokens.get(i).is("with") || tokens.get(i).is("for"));
            if ((words || quote) && !used[i + 1] && !next.text().isBlank()) {
                search = Optional.of(next.text());
                used[i] = true;
                used[i + 1] = true;
            }
        }
    }

    private void afterKinds() {
        for (int i = 0; i < tokens.size(); i++) {
            var kind = tokens.get(i).term().filter(Term::takesName);
            if (kind.isEmpty() || tokens.get(i).ends()) {
                continue;
            }
            var at = i + 1;
            while (at < tokens.size() && SKIPPED.contains(tokens.get(at).lower())) {
                at++;
            }
            while (isFree(at)) {
                take(at, kind);
                var and = at + 1 < tokens.size() && tokens.get(at + 1).is("and");
                var listed = tokens.get(at).ends() || and;
                at = listed ? at + (and ? 2 : 1) : tokens.size();
            }
        }
    }

    private void beforeKinds() {
        for (int i = 1; i < tokens.size(); i++) {
            var kind = tokens.get(i).term().filter(Term::takesName);
            var alreadyNamed =
                    i + 1 < tokens.size() && used[i + 1] && tokens.get(i + 1).mayName();
            if (kind.isEmpty()
                    || alreadyNamed
                    || !isFree(i - 1)
                    || tokens.get(i - 1).ends()) {
                continue;
            }
            var many = kind.get().resourceKind().isPresent()
                    && tokens.get(i).lower().endsWith("s")
                    && !tokens.get(i).lower().endsWith("ns")
                    && kind.get() != Term.INGRESS;
            take(i - 1, many ? Optional.of(Term.NAMESPACE) : kind);
        }
    }

    /** Things come "from" a place only where nothing is "in" one; right behind a pod or "events" it needs no word. */
    private void places() {
        places(INSIDE);
        places(FROM);
        for (int i = 0; i + 1 < tokens.size() && namespaces.isEmpty(); i++) {
            var text = tokens.get(i).lower();
            var what = tokens.get(i).is(Term.EVENTS)
                    || (tokens.get(i).term().isEmpty() && Thing.looksLikePod(text) && isFree(i));
            if (what && isFree(i + 1) && !Thing.looksLikePod(tokens.get(i + 1).lower())) {
                take(i + 1, Optional.of(Term.NAMESPACE));
            }
        }
    }

    private void places(Set<String> prepositions) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var at = tokens.get(i + 1).is("the") ? i + 2 : i + 1;
            if (prepositions.contains(tokens.get(i).lower()) && !used[i] && isPlace(at) && namespaces.isEmpty()) {
                take(at, Optional.of(Term.NAMESPACE));
            }
        }
    }

    /** What looks like a pod is one where another place follows: from web-0 in shop. */
    private boolean isPlace(int at) {
        var another = IntStream.range(at + 1, tokens.size() - 1)
                .anyMatch(i ->
                        (INSIDE.contains(tokens.get(i).lower()) || tokens.get(i).is("from")) && isFree(i + 1));
        var of = at + 1 < tokens.size()
                && (tokens.get(at + 1).is("logs") || tokens.get(at + 1).is("events"));
        return isFree(at)
                && !of
                && !(another && Thing.looksLikePod(tokens.get(at).lower()));
    }

    /** Names that stand alone: those behind "of" and the like where there are any, else what stands where names stand. */
    private void rest() {
        var known = names.stream()
                .anyMatch(name -> name.kind().isEmpty()
                        || name.kind().get() == Term.VM
                        || name.kind().get().resourceKind().isPresent());
        if (known) {
            return;
        }
        var meant = IntStream.range(1, tokens.size())
                .filter(i ->
                        isFree(i) && BEFORE_NAMES.contains(tokens.get(i - 1).lower()))
                .boxed()
                .toList();
        IntStream.range(0, tokens.size())
                .filter(i -> isFree(i) && (meant.isEmpty() ? isBareName(i) : meant.contains(i) || isListed(i, meant)))
                .forEach(i -> take(i, Optional.empty()));
    }

    private boolean isBareName(int i) {
        var listed = i > 1
                && tokens.get(i - 1).is("and")
                && used[i - 2]
                && tokens.get(i - 2).mayName();
        return listed || BareName.standsAt(i, tokens);
    }

    private boolean isListed(int i, List<Integer> meant) {
        return i > 1 && tokens.get(i - 1).is("and") && meant.contains(i - 2);
    }

    private boolean isFree(int i) {
        return i >= 0 && i < tokens.size() && !used[i] && tokens.get(i).mayName();
    }

    private void take(int i, Optional<Term> kind) {
        used[i] = true;
        var text = tokens.get(i).text();
        if (kind.filter(Term.NAMESPACE::equals).isPresent()) {
            namespaces.add(text.toLowerCase(Locale.ROOT));
        } else {
            names.add(new Named(kind, text));
        }
    }

    List<Named> names() {
        return names;
    }

    List<String> called(Term... kinds) {
        return names.stream()
                .filter(name -> name.kind().filter(Set.of(kinds)::contains).isPresent())
                .map(Named::text)
                .toList();
    }

    List<String> withoutKind() {
        return names.stream()
                .filter(name -> name.kind().isEmpty())
                .map(Named::text)
                .toList();
    }

    Optional<String> namespace() {
        return namespaces.stream().filter(Thing::isNamespace).findFirst();
    }

    OptionalInt seconds() {
        return seconds;
    }

    OptionalInt number() {
        return numbers.isEmpty() ? OptionalInt.empty() : OptionalInt.of(numbers.getLast());
    }

    Optional<String> search() {
        return search;
    }

    Optional<String> subnet() {
        return subnet;
    }

    Optional<String> uuid() {
        return uuid;
    }
}
