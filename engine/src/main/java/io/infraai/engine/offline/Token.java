package io.infraai.engine.offline;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A word of a message.
 *
 * @param text as it was written
 * @param term what it means here; empty for names, and for words without a meaning of their own
 * @param quoted whether it stood in quotes, and so is somebody's words or a name
 * @param ends whether a comma, full stop or the like follows
 */
record Token(String text, Optional<Term> term, boolean quoted, boolean ends) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,252}");

    /** Words that say how, not what. */
    private static final Set<String> EMPTY = Set.of(
            ("a an the of in on to for from at by with and or please me my i im we us our you your would could can will am be been"
                            + " do there here all any every each some current currently now right just recent recently lately last past"
                            + " next when while than then so also as about into out within during over under up off back like want need"
                            + " let let's lets go ahead kindly had again still only more most other another latest today yesterday"
                            + " morning tonight week day days hour hours minute minutes mins min seconds second's time ago since name"
                            + " named called per between much many going doing anything something everything everybody what's whats"
                            + " where's how's there's that's it's i'd i'll we're they're the're which's okay well's know happens one ones"
                            + " overview summary newest everything's me. new old happened's work works working running ready being may"
                            + " must shall too very really kind thing things containing contains matching grep line lines half infraai"
                            + " perform put bring lot got have's went against but because due whole everywhere worst own no none does came often mind rolled rolling tail search"
                            + " u ya rn tf wtf say says said saying done complete completed finished finish through user users customer customers"
                            + " everyone somebody someone people team seen sees seeing seem seems getting gets keeps keep"
                            + " goes gone come moment bit few lots hmm hm pls plz ty urgent asap quick quickly looks looking"
                            + " exactly actually maybe perhaps anyway nothing's why's who's slow slower slowly high higher low lower full"
                            + " change changes develop developed grown grow growing rise risen rising value values trend traffic requests"
                            + " latency yet already long enough left number count total page paged pager oncall on-call"
                            + " tho though gonna wanna gotta lemme gimme yo sup dude guys folks err uh um")
                    .split(" "));

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }

    boolean is(Term wanted) {
        return term.isPresent() && term.get() == wanted;
    }

    boolean is(String word) {
        return !quoted && lower().equals(word);
    }

    boolean isEmpty() {
        return !quoted && EMPTY.contains(lower());
    }

    static boolean isEmpty(String lower) {
        return EMPTY.contains(lower);
    }

    /** Whether it can be what something is called. */
    boolean mayName() {
        return quoted
                || (term.isEmpty()
                        && !isEmpty()
                        && NAME.matcher(text).matches()
                        && text.chars().anyMatch(Character::isLetter));
    }
}
