package dev.muster.protocol.id;

import java.util.Optional;

/**
 * All addresses that begin with the same bits (RFC 4632, 4291 §2.3).
 *
 * @param base the first address; bits after the prefix are zero
 * @param prefix how many bits are fixed: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Network(Address base, int prefix) {
  /** Clears the bits of {@code base} after the prefix. */
  public Network {
    int width = widthOf(base);
    if (prefix < 0 || prefix > width) {
      throw new IllegalArgumentException(
          "the prefix of " + base + " is 0 to " + width + ", prefix=" + prefix);
    }
    base = cut(base, prefix);
  }

  /**
   * The network written as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or a single address;
   * nothing if the text is neither.
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Address.parse(text).map(address -> new Network(address, widthOf(address)));
    }
    String digits = text.substring(slash + 1);
    if (digits.isEmpty()
        || digits.length() > 3
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(digits);
    return Address.parse(text.substring(0, slash))
        .filter(address -> prefix <= widthOf(address))
        .map(address -> new Network(address, prefix));
  }

  /** Whether the address is one of this network. IPv4 addresses are never in an IPv6 network. */
  public boolean contains(Address address) {
    return switch (base) {
      case Address.Ipv4 mine ->
          address instanceof Address.Ipv4 other && (mine.bits() ^ other.bits() & mask(prefix)) == 0;
      case Address.Ipv6 mine ->
          address instanceof Address.Ipv6 other
              && (mine.high() ^ other.high() & mask64(prefix)) == 0
              && (mine.low() ^ other.low() & mask64(prefix - 64)) == 0;
    };
  }

  private static Address cut(Address address, int prefix) {
    return switch (address) {
      case Address.Ipv4 ipv4 -> new Address.Ipv4(ipv4.bits() & mask(prefix));
      case Address.Ipv6 ipv6 ->
          new Address.Ipv6(ipv6.high() & mask64(prefix), ipv6.low() & mask64(prefix - 64));
    };
  }

  private static int mask(int prefix) {
    return prefix == 0 ? 0 : -1 << 32 - prefix;
  }

  private static long mask64(int prefix) {
    return prefix <= 0 ? 0 : prefix >= 64 ? -1 : -1L << 64 - prefix;
  }

  private static int widthOf(Address address) {
    return address instanceof Address.Ipv4 ? 32 : 128;
  }

  @Override
  public String toString() {
    return base + "/" + prefix;
  }
}
