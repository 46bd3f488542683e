package io.infraai.gateway.chat;

import java.util.List;

import io.infraai.contracts.chat.ChatTurn;

/** Whoever is told what happens in a conversation. Called by one thread at a time, and must not wait. */
interface Receiver {

    /**
     * The next frame, each in its order and once.
     *
     * @param mayBeLost whether it is a piece of text that is stored nowhere
     */
    void told(Frame frame, boolean mayBeLost);

    /** The followed turns as they are stored, after all frames of theirs were told. */
    default void looked(List<ChatTurn> turns) {}

    /** Nothing more comes of what is followed unless somebody asks something new. */
    default void quiet() {}
}
