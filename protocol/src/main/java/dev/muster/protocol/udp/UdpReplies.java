package dev.muster.protocol.udp;

import java.nio.ByteBuffer;

/**
 * Writes the replies of a tracker into a buffer, at an offset (BEP 15). Allocates nothing.
 *
 * <pre>
 *   connect    0: 0   4: tid   8: connection id (8)                                      16 bytes
 *   announce   0: 1   4: tid   8: interval, s   12: leechers   16: seeders   20: peers
 *              peer n of an IPv4 packet   20 +  6n: address (4), port (2)
 *              peer n of an IPv6 packet   20 + 18n: address (16), port (2)
 *   scrape     0: 2   4: tid
 *              swarm n                     8 + 12n: seeders, completed, leechers
 *   error      0: 3   4: tid   8: text, without a NUL at its end
 * </pre>
 *
 * <p>Beware the order: an announce is told leechers, then seeders; a scrape seeders, completed,
 * leechers. The buffer must be big-endian and have the room; its position and limit stay as they
 * are. Each {@code put} that ends a reply says how many bytes the reply has.
 */
public final class UdpReplies {
  /** Bytes of a connect reply; clients drop one with any other length. */
  public static final int CONNECT_LENGTH = 16;

  /** Bytes of an announce reply before the first peer. */
  public static final int ANNOUNCE_HEADER = 20;

  /** Bytes of a peer in a reply to an IPv4 packet. */
  public static final int IPV4_PEER = 6;

  /** Bytes of a peer in a reply to an IPv6 packet. */
  public static final int IPV6_PEER = 18;

  /** Bytes of a scrape reply before the first swarm. */
  public static final int SCRAPE_HEADER = 8;

  /** Bytes of a swarm in a scrape reply. */
  public static final int SCRAPE_ENTRY = 12;

  private UdpReplies() {}

  /** Writes a whole connect reply. */
  public static int putConnect(ByteBuffer out, int offset, int transactionId, long connectionId) {
    putHeader(out, offset, UdpPacket.CONNECT, transactionId);
    out.putLong(offset + 8, connectionId);
    return CONNECT_LENGTH;
  }

  /**
   * Writes what precedes the peers of an announce reply.
   *
   * @param interval seconds until the client should come again
   */
  public static void putAnnounceHeader(
      ByteBuffer out, int offset, int transactionId, int interval, int leechers, int seeders) {
    putHeader(out, offset, UdpPacket.ANNOUNCE, transactionId);
    out.putInt(offset + 8, interval);
    out.putInt(offset + 12, leechers);
    out.putInt(offset + 16, seeders);
  }

  /** Writes peer {@code index} of a reply to an IPv4 packet. */
  public static void putIpv4Peer(ByteBuffer out, int offset, int index, int address, int port) {
    int at = offset + ANNOUNCE_HEADER + IPV4_PEER * index;
    out.putInt(at, address);
    out.putShort(at + 4, (short) port);
  }

  /**
   * Writes peers of a reply to an IPv4 packet, from {@code index} on.
   *
   * @param peers of each the address in the high 32 bits, the port in the 16 below
   * @param from place of the first in {@code peers}
   * @param count how many, 0 and up
   */
  public static void putIpv4Peers(
      ByteBuffer out, int offset, int index, long[] peers, int from, int count) {
    int at = offset + ANNOUNCE_HEADER + IPV4_PEER * index;
    int last = from + count - 1;
    for (int i = from; i < last; i++) {
      out.putLong(at, peers[i]); // two bytes too many, which the next one covers
      at += IPV4_PEER;
    }
    if (count > 0) {
      out.putInt(at, (int) (peers[last] >>> 32));
      out.putShort(at + 4, (short) (peers[last] >>> 16));
    }
  }

  /** Writes peer {@code index} of a reply to an IPv6 packet. */
  public static void putIpv6Peer(
      ByteBuffer out, int offset, int index, long high, long low, int port) {
    int at = offset + ANNOUNCE_HEADER + IPV6_PEER * index;
    out.putLong(at, high);
    out.putLong(at + 8, low);
    out.putShort(at + 16, (short) port);
  }

  /** Writes what precedes the swarms of a scrape reply. */
  public static void putScrapeHeader(ByteBuffer out, int offset, int transactionId) {
    putHeader(out, offset, UdpPacket.SCRAPE, transactionId);
  }

  /** Writes swarm {@code index} of a scrape reply. */
  public static void putScrapeEntry(
      ByteBuffer out, int offset, int index, int seeders, int completed, int leechers) {
    int at = offset + SCRAPE_HEADER + SCRAPE_ENTRY * index;
    out.putInt(at, seeders);
    out.putInt(at + 4, completed);
    out.putInt(at + 8, leechers);
  }

  /**
   * Writes a whole error reply.
   *
   * @param text what was wrong and what would be right, in ASCII; kept so by the caller
   */
  public static int putError(ByteBuffer out, int offset, int transactionId, byte[] text) {
    putHeader(out, offset, UdpPacket.ERROR, transactionId);
    out.put(offset + UdpPacket.RESPONSE_HEADER, text);
    return UdpPacket.RESPONSE_HEADER + text.length;
  }

  private static void putHeader(ByteBuffer out, int offset, int action, int transactionId) {
    out.putInt(offset, action);
    out.putInt(offset + 4, transactionId);
  }
}
