package io.infraai.simulators.vcenter;

/** A refusal that is answered as a SOAP fault. */
final class SoapFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    SoapFault(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static SoapFault gone(String id) {
        return new SoapFault(
                "ManagedObjectNotFound",
                "The object '" + id + "' has already been deleted or has not been completely created");
    }

    static SoapFault powerState(String existing) {
        return new SoapFault(
                "InvalidPowerState",
                "The attempted operation cannot be performed in the current state (" + existing + ").");
    }

    String type() {
        return type;
    }
}
