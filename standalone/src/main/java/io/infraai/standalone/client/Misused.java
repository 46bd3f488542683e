package io.infraai.standalone.client;

/** What was typed is no command. */
final class Misused extends Exception {

    private static final long serialVersionUID = 1;

    Misused(String message) {
        super(message);
    }
}
