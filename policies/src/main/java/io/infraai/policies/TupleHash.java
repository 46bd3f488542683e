package io.infraai.policies;

/** Hashes a tuple of label values step by step, so that tuples with a common beginning share the work. */
final class TupleHash {

    static final int START = 0x2545F491;

    private TupleHash() {}

    static int add(int sum, String value) {
        var mixed = (sum ^ value.hashCode()) * 0x9E3779B9;
        return mixed ^ mixed >>> 15;
    }

    /** Never 0, which marks an empty slot. */
    static int finish(int sum) {
        var mixed = sum * 0x85EBCA6B;
        mixed ^= mixed >>> 16;
        return mixed == 0 ? 1 : mixed;
    }
}
