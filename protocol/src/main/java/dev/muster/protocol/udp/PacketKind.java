package dev.muster.protocol.udp;

import java.nio.ByteBuffer;

/**
 * What a packet on a tracker's UDP port is, as far as its first bytes tell (in the manner of RFC
 * 7983). Several protocols share the port:
 *
 * <pre>
 *   first byte 'd'                                          DHT (BEP 5): a bencoded dictionary
 *   first byte C1                                           rendezvous
 *   20 bytes and up, first two bits 0, 2112A442 at 4        STUN (RFC 8489)
 *   16 bytes and up                                         BEP 15, by the action at 8
 *   anything else                                           junk
 * </pre>
 */
public enum PacketKind {
  /** A BEP 15 connect: {@link UdpPacket#MAGIC}, action 0, and perhaps more. */
  CONNECT,
  /** A BEP 15 announce of full length. */
  ANNOUNCE,
  /** A BEP 15 scrape, of no hash or more. */
  SCRAPE,
  /** Long enough for a BEP 15 request, but it is none: cut short, or of no known action. */
  MALFORMED,
  /** Of the DHT. */
  DHT,
  /** STUN. */
  STUN,
  /** Rendezvous between peers. */
  RENDEZVOUS,
  /** Nothing that is known. */
  JUNK;

  private static final int STUN_HEADER = 20;
  private static final int STUN_COOKIE = 0x2112_A442;

  /**
   * Tells what a packet is.
   *
   * @param buffer big-endian; its position does not matter, its limit lies behind the packet
   * @param offset where the packet begins
   * @param length bytes of the packet, 0 and up
   */
  public static PacketKind of(ByteBuffer buffer, int offset, int length) {
    if (length < 1) {
      return JUNK;
    }
    byte first = buffer.get(offset);
    if (first == 'd') {
      return DHT;
    }
    if (first == (byte) 0xC1) {
      return RENDEZVOUS;
    }
    if (length >= STUN_HEADER
        && (first & 0xC0) == 0
        && buffer.getInt(offset + Integer.BYTES) == STUN_COOKIE) {
      return STUN;
    }
    if (length < UdpPacket.REQUEST_HEADER) {
      return JUNK;
    }
    return switch (UdpPacket.action(buffer, offset)) {
      case UdpPacket.CONNECT ->
          UdpPacket.connectionId(buffer, offset) == UdpPacket.MAGIC ? CONNECT : MALFORMED;
      case UdpPacket.ANNOUNCE -> length >= UdpAnnounce.LENGTH ? ANNOUNCE : MALFORMED;
      case UdpPacket.SCRAPE -> SCRAPE;
      default -> MALFORMED;
    };
  }
}
