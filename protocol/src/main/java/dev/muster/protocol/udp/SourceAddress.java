package dev.muster.protocol.udp;

/**
 * The address a packet came from, as the two halves of an IPv6 address, big-endian; an IPv4 address
 * is one in IPv6 clothes, {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2). So sockets of one family and
 * of both give the same numbers for the same host.
 */
public final class SourceAddress {
  /** The high half of every IPv4 address. */
  public static final long IPV4_HIGH = 0;

  private static final long MAPPED = 0xffff_0000_0000L;

  private SourceAddress() {}

  /** The low half of an IPv4 address, given big-endian. */
  public static long ipv4Low(int address) {
    return MAPPED | Integer.toUnsignedLong(address);
  }

  /** Whether this is an IPv4 address; then the low 32 bits of the low half are it. */
  public static boolean isIpv4(long high, long low) {
    return high == IPV4_HIGH && low >>> 32 == MAPPED >>> 32;
  }
}
