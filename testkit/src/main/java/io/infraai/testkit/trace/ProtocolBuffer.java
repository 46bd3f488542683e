package io.infraai.testkit.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message in Protocol Buffers' wire format, its fields by their numbers. */
final class ProtocolBuffer {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final Map<Integer, List<Object>> fields = new LinkedHashMap<>();

    ProtocolBuffer(byte[] message) {
        var in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            var key = (int) varint(in);
            fields.computeIfAbsent(key >>> 3, _ -> new ArrayList<>()).add(value(in, key & 7));
        }
    }

    private static Object value(ByteBuffer in, int type) {
        return switch (type) {
            case VARINT -> varint(in);
            case FIXED_64 -> in.getLong();
            case FIXED_32 -> (long) in.getInt();
            case BYTES -> {
                var bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield bytes;
            }
            default -> throw new IllegalArgumentException("No wire type is " + type);
        };
    }

    private static long varint(ByteBuffer in) {
        var value = 0L;
        for (var shift = 0; ; shift += 7) {
            var next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    List<ProtocolBuffer> messages(int field) {
        return all(field).map(value -> new ProtocolBuffer((byte[]) value)).toList();
    }

    ProtocolBuffer message(int field) {
        return all(field)
                .map(value -> new ProtocolBuffer((byte[]) value))
                .findFirst()
                .orElseGet(() -> new ProtocolBuffer(new byte[0]));
    }

    String text(int field) {
        return all(field)
                .map(value -> new String((byte[]) value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    String hex(int field) {
        return all(field)
                .map(value -> HexFormat.of().formatHex((byte[]) value))
                .findFirst()
                .orElse("");
    }

    long number(int field) {
        return all(field).map(value -> (long) value).findFirst().orElse(0L);
    }

    boolean has(int field) {
        return fields.containsKey(field);
    }

    private java.util.stream.Stream<Object> all(int field) {
        return fields.getOrDefault(field, List.of()).stream();
    }
}
