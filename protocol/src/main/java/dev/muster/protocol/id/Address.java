package dev.muster.protocol.id;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a host: four bytes or sixteen. An IPv4 address in IPv6 clothes ({@code
 * ::ffff:a.b.c.d}) is IPv4.
 */
public sealed interface Address {
  /**
   * The address in these bytes.
   *
   * @throws IllegalArgumentException if they are neither 4 nor 16
   */
  static Address of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new Ipv4(ByteBuffer.wrap(bytes).getInt());
      case 16 -> {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        yield ofIpv6(buffer.getLong(), buffer.getLong());
      }
      default ->
          throw new IllegalArgumentException(
              "an address has 4 or 16 bytes, length=" + bytes.length);
    };
  }

  /** The address of this name, as the JDK holds it. */
  static Address of(InetAddress address) {
    return of(address.getAddress());
  }

  /** The address with these sixteen bytes: {@link Ipv4} if they are a mapped one. */
  static Address ofIpv6(long high, long low) {
    return high == 0 && low >>> 32 == 0xffffL ? new Ipv4((int) low) : new Ipv6(high, low);
  }

  /**
   * The address written as {@code 192.0.2.1} or {@code 2001:db8::1}; nothing if the text is
   * neither. Names are not looked up, zones not taken.
   */
  static Optional<Address> parse(String text) {
    return AddressText.parse(text);
  }

  /** The bytes, in network order. */
  byte[] bytes();

  /**
   * Whether the address means something on its own network only: loopback, private, link-local,
   * shared by a carrier (RFC 1122, 1918, 3927, 4193, 4291, 6598), or none at all.
   */
  boolean isPrivate();

  /** Whether it is {@code 0.0.0.0} or {@code ::}, which is nowhere. */
  default boolean isUnspecified() {
    return switch (this) {
      case Ipv4 ipv4 -> ipv4.bits() == 0;
      case Ipv6 ipv6 -> ipv6.high() == 0 && ipv6.low() == 0;
    };
  }

  /** The address as the JDK holds it. */
  default InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /**
   * Four bytes.
   *
   * @param bits big-endian
   */
  record Ipv4(int bits) implements Address {
    /** By hand: the JDK links a record's own only when first used, 20 ms into a first answer. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ipv4 address && bits == address.bits;
    }

    @Override
    public int hashCode() {
      return bits;
    }

    @Override
    public byte[] bytes() {
      return ByteBuffer.allocate(4).putInt(bits).array();
    }

    @Override
    public boolean isPrivate() {
      return isPrivate(bits);
    }

    /** {@link Address#isPrivate()} without an object. */
    public static boolean isPrivate(int bits) {
      int first = bits >>> 24;
      return switch (first) {
        case 0, 10, 127 -> true;
        case 100 -> bits >>> 22 == (100 << 2 | 1); // 100.64.0.0/10
        case 169 -> bits >>> 16 == (169 << 8 | 254);
        case 172 -> bits >>> 20 == (172 << 4 | 1);
        case 192 -> bits >>> 16 == (192 << 8 | 168);
        default -> false;
      };
    }

    @Override
    public String toString() {
      return (bits >>> 24)
          + "."
          + (bits >>> 16 & 0xff)
          + "."
          + (bits >>> 8 & 0xff)
          + "."
          + (bits & 0xff);
    }
  }

  /**
   * Sixteen bytes.
   *
   * @param high bytes 0 to 7, big-endian
   * @param low bytes 8 to 15, big-endian
   */
  record Ipv6(long high, long low) implements Address {
    /** By hand, as {@link Ipv4#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ipv6 address && high == address.high && low == address.low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(high) * 31 + Long.hashCode(low);
    }

    @Override
    public byte[] bytes() {
      return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    @Override
    public boolean isPrivate() {
      return isPrivate(high, low);
    }

    /** {@link Address#isPrivate()} without an object. */
    public static boolean isPrivate(long high, long low) {
      int first = (int) (high >>> 48);
      return (first & 0xfe00) == 0xfc00 // unique local
          || (first & 0xffc0) == 0xfe80 // link-local
          || high == 0 && (low == 0 || low == 1); // unspecified, loopback
    }

    /** RFC 5952 text, without a zone. */
    @Override
    public String toString() {
      return Ipv6Text.of(high, low);
    }
  }
}
