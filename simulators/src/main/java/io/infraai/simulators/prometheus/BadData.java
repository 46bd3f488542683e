package io.infraai.simulators.prometheus;

/** A query that is answered with 400 and {@code errorType: bad_data}. */
final class BadData extends RuntimeException {

    BadData(String message) {
        super(message, null, false, false);
    }
}
