package io.infraai.gateway.request;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;

/** Checks that bytes are UTF-8 text, since a lenient decoder would let overlong and other encodings through. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Where the text begins: after a byte order mark if there is one.
     *
     * @throws ProblemException for anything but UTF-8
     */
    public static int check(byte[] bytes) {
        for (var each : bytes) {
            // never part of JSON text; it would make the parser guess UTF-16
            if (each == 0) {
                throw new ProblemException(ErrorCode.MALFORMED_JSON, "The body holds a zero byte: send UTF-8");
            }
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(8192);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new ProblemException(
                    ErrorCode.MALFORMED_JSON, "The body is not UTF-8: bad byte at offset " + in.position());
        }
        return hasMark(bytes) ? 3 : 0;
    }

    private static boolean hasMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
