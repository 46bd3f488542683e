package io.infraai.contracts.audit;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a part of the audit log.
 *
 * @param valid whether all that was checked is as it was written
 * @param complete whether the chain's end was reached; if not, go on after {@code head}
 * @param checked how many entries were
 * @param unsealed entries that aren't in the chain yet, when the end was reached
 * @param head as far as the log is good
 * @param firstBroken the first entry that isn't
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditCheck(
        boolean valid,
        boolean complete,
        long checked,
        long unsealed,
        AuditHead head,
        @Nullable Broken firstBroken) {

    /** What happened to an entry. */
    public enum Fault {
        ALTERED,
        MISSING,
        INSERTED;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param index the entry's number in the chain, or where it was put in
     * @param id the entry's; absent when its part of the chain is gone too
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Broken(long index, @Nullable Long id, Fault problem, String detail) {}
}
