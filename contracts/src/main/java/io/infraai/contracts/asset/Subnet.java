package io.infraai.contracts.asset;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of IP addresses in CIDR notation. There is one spelling of an IPv4 address here, since others read the same text as
 * another address: {@code 010.0.0.1} is 10.0.0.1 to some and 8.0.0.1 to the rest.
 *
 * @param first its first address
 * @param prefix how many bits all of its addresses share
 */
public record Subnet(InetAddress first, int prefix) {

    public Subnet {
        var length = first.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > length) {
            throw new IllegalArgumentException("A prefix is between 0 and " + length + ", unlike " + prefix);
        }
        if (!number(first).mod(size(length - prefix)).equals(BigInteger.ZERO)) {
            throw new IllegalArgumentException(first.getHostAddress() + "/" + prefix
                    + " has bits set behind its prefix: name its first address, or give /" + length);
        }
    }

    /**
     * Reads e.g. {@code 10.0.0.0/24} or {@code fd00:1::/120}. Nothing is looked up.
     *
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    public static Subnet of(String cidr) {
        var slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A subnet is an address and a prefix, e.g. 10.0.0.0/24");
        }
        return new Subnet(address(cidr.substring(0, slash)), prefix(cidr.substring(slash + 1)));
    }

    private static InetAddress address(String text) {
        var address = literal(text);
        // what the JDK takes besides: numbers without dots, missing parts, leading zeros, IPv4 within IPv6, scopes,
        // brackets
        var plain = switch (address) {
            case Inet4Address v4 -> v4.getHostAddress().equals(text);
            case Inet6Address _ -> text.chars().noneMatch(c -> c == '.' || c == '%' || c == '[');
            default -> false;
        };
        if (!plain) {
            throw noAddress();
        }
        return address;
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw noAddress();
        }
    }

    private static IllegalArgumentException noAddress() {
        return new IllegalArgumentException(
                "The part before the slash must be an IP address, in decimal with four parts or in plain IPv6");
    }

    private static int prefix(String text) {
        try {
            var prefix = Integer.parseInt(text);
            if (Integer.toString(prefix).equals(text)) {
                return prefix;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("The part after the slash must be a number of bits");
    }

    public BigInteger addresses() {
        return size(length() - prefix);
    }

    /**
     * @param index from 0 on
     */
    public InetAddress address(int index) {
        if (BigInteger.valueOf(index).compareTo(addresses()) >= 0) {
            throw new IndexOutOfBoundsException(index);
        }
        var bytes = first.getAddress();
        var carried = number(first).add(BigInteger.valueOf(index)).toByteArray();
        // a sign byte too many, or leading zeros too few
        var length = Math.min(carried.length, bytes.length);
        Arrays.fill(bytes, (byte) 0);
        System.arraycopy(carried, carried.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("It is as long as the first one", e);
        }
    }

    /** Whether all of the other's addresses are this one's too. */
    public boolean contains(Subnet other) {
        return length() == other.length()
                && prefix <= other.prefix
                && number(first)
                        .shiftRight(length() - prefix)
                        .equals(number(other.first).shiftRight(length() - prefix));
    }

    public boolean overlaps(Subnet other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }

    private int length() {
        return first.getAddress().length * Byte.SIZE;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static BigInteger size(int bits) {
        return BigInteger.ONE.shiftLeft(bits);
    }
}
