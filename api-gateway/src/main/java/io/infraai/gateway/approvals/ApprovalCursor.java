package io.infraai.gateway.approvals;

import java.util.regex.Pattern;

import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.request.Query;
import io.infraai.persistence.task.TaskApproval.Place;

/** A place in the list of approvals, as clients carry it. */
final class ApprovalCursor {

    private static final Pattern FORM = Pattern.compile("(open|decided)-([0-9]{1,18})");

    private ApprovalCursor() {}

    static String after(Approval last) {
        return (last.state() == ApprovalState.OPEN ? "open-" : "decided-") + last.id();
    }

    /**
     * @throws ProblemException when it isn't one of ours
     */
    static Place read(String cursor) {
        var form = FORM.matcher(cursor);
        if (!form.matches()) {
            throw Query.invalid("'cursor' isn't one that was given out");
        }
        return new Place(form.group(1).equals("decided"), Long.parseLong(form.group(2)));
    }
}
