package io.infraai.gateway.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.contracts.audit.AuditHead;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.Problem.Fault;

/**
 * What is to be verified.
 *
 * @param after where to begin
 * @param anchors heads that were given out once
 */
record VerificationWish(AuditHead after, List<AuditHead> anchors) {

    private static final Set<String> FIELDS = Set.of("after", "anchors");
    private static final int MOST = 1_000;
    private static final String FORM = "must be a head: {\"seq\":…,\"hash\":…}";

    /** Reads the body of a request; fails with 422 and the fields' paths. */
    static VerificationWish of(ObjectNode body) {
        var faults = new ArrayList<Fault>();
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                faults.add(new Fault("/" + field, "there is no such field"));
            }
        });
        var after = body.has("after") ? head(body.get("after"), "/after", faults) : AuditHead.START;
        var anchors = anchors(body.path("anchors"), faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults).asException();
        }
        return new VerificationWish(after, anchors);
    }

    private static List<AuditHead> anchors(JsonNode list, List<Fault> faults) {
        var anchors = new ArrayList<AuditHead>();
        if (!list.isMissingNode() && (!list.isArray() || list.size() > MOST)) {
            faults.add(new Fault("/anchors", "must be a list of up to " + MOST));
            return anchors;
        }
        for (var each : list) {
            anchors.add(head(each, "/anchors/" + anchors.size(), faults));
        }
        return anchors;
    }

    private static AuditHead head(JsonNode node, String path, List<Fault> faults) {
        var seq = node.path("seq");
        var hash = node.path("hash");
        if (seq.isIntegralNumber() && seq.canConvertToLong() && hash.isTextual() && node.size() == 2) {
            try {
                return new AuditHead(seq.longValue(), hash.textValue());
            } catch (IllegalArgumentException _) {
                faults.add(new Fault(path, FORM));
                return AuditHead.START;
            }
        }
        faults.add(new Fault(path, FORM));
        return AuditHead.START;
    }
}
