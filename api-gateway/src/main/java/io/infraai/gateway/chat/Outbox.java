package io.infraai.gateway.chat;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Frames on their way to one reader, bounded. For a reader that is too slow, pieces of text are left out first; one that can't
 * keep up even so is to be let go, and comes back with the number of the last frame it has.
 */
final class Outbox {

    /** A mebibyte and a few hundred frames: more is a reader that doesn't read. */
    private static final long MOST_CHARACTERS = 1 << 20;

    private static final int MOST_FRAMES = 512;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long characters;

    record Waiting(Frame frame, String json, boolean mayBeLost) {}

    /** False when there is no room for a frame that may not be lost. */
    synchronized boolean offer(Frame frame, boolean mayBeLost) {
        var added = new Waiting(frame, frame.json(), mayBeLost);
        if (mayBeLost) {
            if (waiting.size() < MOST_FRAMES / 2 && characters + added.json().length() < MOST_CHARACTERS / 2) {
                add(added);
            }
            return true;
        }
        if (!waiting.isEmpty() && !hasRoom(added)) {
            dropPieces();
            if (!waiting.isEmpty() && !hasRoom(added)) {
                return false;
            }
        }
        add(added);
        return true;
    }

    private boolean hasRoom(Waiting added) {
        return waiting.size() < MOST_FRAMES && characters + added.json().length() <= MOST_CHARACTERS;
    }

    private void add(Waiting added) {
        waiting.add(added);
        characters += added.json().length();
    }

    private void dropPieces() {
        waiting.removeIf(Waiting::mayBeLost);
        characters = waiting.stream().mapToLong(each -> each.json().length()).sum();
    }

    synchronized Optional<Waiting> take() {
        var next = Optional.ofNullable(waiting.poll());
        next.ifPresent(taken -> characters -= taken.json().length());
        return next;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
