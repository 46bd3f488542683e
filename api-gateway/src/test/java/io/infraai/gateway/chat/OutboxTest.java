package io.infraai.gateway.chat;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.Usage;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {

    private static final UUID TURN = new UUID(0, 1);

    private final Outbox outbox = new Outbox();

    private boolean piece(int length) {
        return outbox.offer(new Frame.Token(TURN, 1, "x".repeat(length)), true);
    }

    private boolean stored(int length) {
        return outbox.offer(new Frame.Done(TURN, 2, "x".repeat(length), Usage.NONE), false);
    }

    private int size() {
        var size = 0;
        while (outbox.take().isPresent()) {
            size++;
        }
        return size;
    }

    @Test
    void piecesOfTextAreLeftOutWhenTheReaderIsSlow() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(piece(10)).isTrue();
        }
        assertThat(size()).isEqualTo(256);
    }

    @Test
    void whatIsStoredTakesThePlaceOfPieces() {
        for (int i = 0; i < 256; i++) {
            assertThat(piece(10)).isTrue();
        }
        for (int i = 0; i < 512; i++) {
            assertThat(stored(10)).as("frame " + i).isTrue();
        }
        assertThat(stored(10)).isFalse();
        assertThat(size()).isEqualTo(512);
        assertThat(stored(10)).isTrue();
    }

    @Test
    void bytesAreBoundedToo() {
        assertThat(stored(600_000)).isTrue();
        assertThat(piece(10)).isTrue();
        assertThat(stored(600_000)).isFalse();
        assertThat(size()).isEqualTo(1);
        assertThat(stored(2_000_000)).as("one alone always goes").isTrue();
    }
}
