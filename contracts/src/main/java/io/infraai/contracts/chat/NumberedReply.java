package io.infraai.contracts.chat;

/**
 * An event and its place in its session.
 *
 * @param sequence grows within a session, with gaps: a stored event begins a block of {@value #BLOCK}, which the deltas that
 *     follow it share
 */
public record NumberedReply(long sequence, ReplyEvent event) {

    public static final int BLOCK = 1024;
}
