package io.infraai.engine.model;

/** Why no model answered. */
public enum ModelFailure {

    /** No model is configured, or what is configured can't work. */
    NOT_CONFIGURED,

    /** The provider doesn't accept who we are, or not for this model. */
    NOT_PERMITTED,

    /** There is nobody at the address. */
    UNREACHABLE,

    /** The provider wants fewer requests, or has failed so often that it is left alone for a while. */
    HELD_BACK,

    /** The provider failed by itself. */
    PROVIDER_ERROR,

    /** The provider rejects the request: the conversation is too long, a tool's schema isn't to its liking. */
    INVALID_REQUEST,

    /** The model, or a filter in front of it, won't answer this. */
    REFUSED,

    /** No first token, no next token, or no end in time. */
    TIMED_OUT,

    /** What came is no whole answer: empty, cut off, not of the protocol. */
    UNUSABLE_ANSWER,

    /** More came than is taken. */
    TOO_LARGE
}
