package io.infraai.adapters.vmware;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Failed;

import static io.infraai.contracts.tool.FailureReason.INVALID_PARAMETERS;
import static io.infraai.contracts.tool.FailureReason.NOT_PERMITTED;
import static io.infraai.contracts.tool.FailureReason.REFUSED_FOR_NOW;
import static io.infraai.contracts.tool.FailureReason.TARGET_CHANGED;
import static io.infraai.contracts.tool.FailureReason.TARGET_NOT_FOUND;
import static io.infraai.contracts.tool.FailureReason.TIMED_OUT;

/** Why a call didn't work out; {@link VmwareCalls} makes it a result. */
final class VimFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_TEXT = 200;

    private final FailureReason reason;
    private final String fault;
    private final boolean blamesTheServer;

    private VimFailure(FailureReason reason, String message, String fault, boolean blamesTheServer) {
        super(message, null, false, false);
        this.reason = reason;
        this.fault = fault;
        this.blamesTheServer = blamesTheServer;
    }

    /** The server was fine. */
    static VimFailure of(FailureReason reason, String message) {
        return new VimFailure(reason, message, "", false);
    }

    /** The server, or what is on the way to it, wasn't. */
    static VimFailure ofServer(FailureReason reason, String message) {
        return new VimFailure(reason, message, "", true);
    }

    /**
     * @param type what decides: texts are localised, or empty
     */
    static VimFailure fault(String type, String text, String operation) {
        var said = text.lines().findFirst().orElse("").strip();
        var cut = said.length() > LONGEST_TEXT ? said.substring(0, LONGEST_TEXT) + "…" : said;
        return new VimFailure(
                reasonOf(type),
                "The VMware server refused " + operation + ": " + type + (cut.isEmpty() ? "" : " (" + cut + ")"),
                type,
                false);
    }

    boolean is(String type) {
        return fault.equals(type);
    }

    boolean blamesTheServer() {
        return blamesTheServer;
    }

    FailureReason reason() {
        return reason;
    }

    Failed failed() {
        return new Failed(reason, String.valueOf(getMessage()));
    }

    /** Faults are many and servers newer than this list have more: what isn't known may have come after the effect. */
    private static FailureReason reasonOf(String type) {
        return switch (type) {
            case "InvalidLogin", "NotAuthenticated", "NoPermission", "InvalidLocale", "RestrictedVersion" ->
                NOT_PERMITTED;
            case "ManagedObjectNotFound" -> TARGET_NOT_FOUND;
            case "InvalidPowerState" -> TARGET_CHANGED;
            case "ToolsUnavailable",
                    "TaskInProgress",
                    "ConcurrentAccess",
                    "HostNotConnected",
                    "HostNotReachable",
                    "InvalidState",
                    "InvalidHostState",
                    "MethodDisabled",
                    "InsufficientResourcesFault",
                    "InsufficientCpuResourcesFault",
                    "InsufficientMemoryResourcesFault",
                    "NoDiskSpace",
                    "FileLocked",
                    "ResourceInUse",
                    "TooManySnapshotLevels" -> REFUSED_FOR_NOW;
            case "InvalidArgument",
                    "InvalidRequest",
                    "InvalidName",
                    "InvalidProperty",
                    "InvalidType",
                    "MethodNotFound",
                    "NotImplemented",
                    "NotSupported" -> INVALID_PARAMETERS;
            default -> TIMED_OUT;
        };
    }
}
