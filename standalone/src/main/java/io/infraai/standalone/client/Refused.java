package io.infraai.standalone.client;

/** What InfraAI said no to, in its words. */
final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }
}
