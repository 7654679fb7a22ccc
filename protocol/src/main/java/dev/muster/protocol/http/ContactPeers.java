package dev.muster.protocol.http;

import dev.muster.protocol.id.Address;
import java.util.Arrays;

/**
 * Peers with what is known of them, in arrays that grow, to be used again and again. Not
 * thread-safe.
 *
 * <pre>
 *   of each:   high            | low             |  63     48 47   32 31           16 15        0
 *              address (IPv4: low 32 bits of low)| | port    | family| age, seconds  | metadata  |
 * </pre>
 */
public final class ContactPeers {
  private static final int WORDS = 3;
  private static final long IPV6 = 1L << 32;
  private static final int MOST_SECONDS = 0xffff;

  private long[] words = new long[16 * WORDS];
  private int size;

  /**
   * Adds a peer at an IPv4 address, big-endian.
   *
   * @param age seconds since its last announce, at most; 0 to 65535, more count as that
   * @param metadata 0 to 65535, as {@link dev.muster.protocol.announce.ContactMetadata} has them
   */
  public void add(int address, int port, int age, int metadata) {
    add(0, address & 0xffffffffL, rest(port, age, metadata));
  }

  /** The same at an IPv6 address, two big-endian halves. */
  public void add(long high, long low, int port, int age, int metadata) {
    add(high, low, rest(port, age, metadata) | IPV6);
  }

  private static long rest(int port, int age, int metadata) {
    return (long) port << 48 | (long) Math.min(age, MOST_SECONDS) << 16 | metadata;
  }

  private void add(long high, long low, long rest) {
    int at = size * WORDS;
    if (at == words.length) {
      words = Arrays.copyOf(words, 2 * at);
    }
    words[at] = high;
    words[at + 1] = low;
    words[at + 2] = rest;
    size++;
  }

  /** Removes all peers, and keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** How many peers there are. */
  public int size() {
    return size;
  }

  /** Where the peer at this place is, 0 to {@link #size()} - 1. */
  public Address address(int index) {
    int at = index * WORDS;
    return isIpv6(index)
        ? new Address.Ipv6(words[at], words[at + 1])
        : new Address.Ipv4((int) words[at + 1]);
  }

  /** Whether the peer is at an IPv6 address. */
  public boolean isIpv6(int index) {
    return (words[index * WORDS + 2] & IPV6) != 0;
  }

  /** The peer's port. */
  public int port(int index) {
    return (int) (words[index * WORDS + 2] >>> 48);
  }

  /** Seconds since the peer's last announce, at most. */
  public int age(int index) {
    return (int) (words[index * WORDS + 2] >>> 16) & MOST_SECONDS;
  }

  /** What it said of itself; 0 if nothing. */
  public int metadata(int index) {
    return (int) words[index * WORDS + 2] & 0xffff;
  }
}
