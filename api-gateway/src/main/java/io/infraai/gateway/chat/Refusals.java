package io.infraai.gateway.chat;

import java.util.Optional;
import java.util.UUID;

import org.jboss.logging.Logger;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.persistence.tenancy.StoreUnavailable;

/** Says why something wasn't done, where it is too late to say it with a status of HTTP. */
final class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private Refusals() {}

    static Frame.Wrong frame(Throwable failure) {
        return frame(problem(failure));
    }

    static Frame.Wrong frame(Problem problem) {
        var turn = Optional.ofNullable(problem.members().get("turn_id")).map(UUID::fromString);
        return new Frame.Wrong(turn.orElse(null), null, problem.code().wire(), problem.detail());
    }

    private static Problem problem(Throwable failure) {
        return switch (failure) {
            case ProblemException known -> known.problem();
            case StoreUnavailable _ -> Problem.unavailable("The store can't be reached for now");
            default -> {
                LOG.error("What was asked for in a conversation could not be done", failure);
                yield Problem.of(ErrorCode.INTERNAL, "It could not be done; our log says why");
            }
        };
    }
}
