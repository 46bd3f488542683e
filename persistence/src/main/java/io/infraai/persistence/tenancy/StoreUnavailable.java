package io.infraai.persistence.tenancy;

/**
 * The database can't be reached, or can't do it in time, now; the same call may work in a moment. Whether it did what it was
 * asked isn't known: every store may be asked again without harm.
 */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
