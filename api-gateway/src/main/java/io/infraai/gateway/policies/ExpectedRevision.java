package io.infraai.gateway.policies;

import java.util.OptionalInt;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;

/** Entity tags of policies: the revision in quotes. */
final class ExpectedRevision {

    private static final Pattern TAG = Pattern.compile("\"?([1-9]\\d{0,8})\"?");

    private ExpectedRevision() {}

    static String tag(int revision) {
        return "\"" + revision + "\"";
    }

    /**
     * @return empty when any revision will do
     * @throws ProblemException 412 for a tag that no revision has
     */
    static OptionalInt of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return OptionalInt.empty();
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw new ProblemException(ErrorCode.REVISION_CONFLICT, "If-Match holds no revision of this policy");
        }
        return OptionalInt.of(Integer.parseInt(tag.group(1)));
    }
}
