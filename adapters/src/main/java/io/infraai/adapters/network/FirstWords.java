package io.infraai.adapters.network;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** What somebody says who was only connected to. */
sealed interface FirstWords {

    int MOST = 512;

    @SuppressWarnings("ArrayRecordComponent") // read once, at once
    record Spoken(byte[] bytes) implements FirstWords {}

    record Silence() implements FirstWords {}

    record HungUp() implements FirstWords {}

    /** Blocks until a line was said, or the connection ends. */
    static FirstWords from(Socket socket) {
        var words = new byte[MOST];
        var length = 0;
        try {
            var in = socket.getInputStream();
            for (int read; length < MOST && (read = in.read(words, length, MOST - length)) > 0; ) {
                length += read;
                if (hasLine(words, length)) {
                    break;
                }
            }
        } catch (IOException _) {
            // torn off by us, or by the peer: what was said by then counts
        }
        if (isTlsAlert(words, length)) {
            return new Silence();
        }
        if (length > 0) {
            return new Spoken(Arrays.copyOf(words, length));
        }
        return socket.isClosed() ? new Silence() : new HungUp();
    }

    /** What a TLS server says when it has waited for too long: it wants to be spoken to. */
    private static boolean isTlsAlert(byte[] words, int length) {
        return length >= 2 && words[0] == 0x15 && words[1] == 3;
    }

    private static boolean hasLine(byte[] words, int length) {
        for (var i = 0; i < length; i++) {
            if (words[i] == '\n') {
                return true;
            }
        }
        return false;
    }
}
