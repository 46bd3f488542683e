package io.infraai.gateway.alerts;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Query;
import io.infraai.persistence.intake.EpisodeQueries.Cursor;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;

/** A place in the list of episodes, as clients carry it. */
final class EpisodeCursor {

    private EpisodeCursor() {}

    static String after(EpisodeView last) {
        var text = last.openedAt() + "/" + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * @throws ProblemException when it isn't one of ours
     */
    static Cursor read(String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            var slash = text.indexOf('/');
            return new Cursor(
                    Instant.parse(text.substring(0, Math.max(slash, 0))), UUID.fromString(text.substring(slash + 1)));
        } catch (IllegalArgumentException | DateTimeException _) {
            throw Query.invalid("'cursor' isn't one that was given out");
        }
    }
}
