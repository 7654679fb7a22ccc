package dev.muster.protocol.udp;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import java.nio.ByteBuffer;

/**
 * An announce request as a view of the buffer it was received in (BEP 15, 41). Reused: {@link
 * #wrap} points it at the next packet. Allocates nothing. Not thread-safe.
 *
 * <pre>
 *    0         8      12     16          36         56         64     72        80
 *    +---------+------+------+-----------+----------+----------+------+---------+
 *    | conn id |  1   | tid  | info hash | peer id  |downloaded| left | uploaded|
 *    +---------+------+------+-----------+----------+----------+------+---------+
 *
 *    80     84     88     92       96     98
 *    +------+------+------+--------+------+-----------
 *    | event| ipv4 | key  |num_want| port | options (BEP 41), or anything
 *    +------+------+------+--------+------+-----------
 * </pre>
 *
 * <p>Beware the order: HTTP has uploaded, downloaded, left. Nothing here can be malformed but the
 * port; numbers out of range have a meaning each, told at the accessors. The address is the one the
 * packet came from; what the client claims in {@code ipv4} is not looked at.
 */
public final class UdpAnnounce implements Announce {
  /** Bytes of an announce request without options, the least it can have. */
  public static final int LENGTH = 98;

  static final int INFO_HASH = 16;
  static final int PEER_ID = 36;
  static final int DOWNLOADED = 56;
  static final int LEFT = 64;
  static final int UPLOADED = 72;
  static final int EVENT = 80;
  static final int IPV4 = 84;
  static final int KEY = 88;
  static final int NUM_WANT = 92;
  static final int PORT = 96;
  static final int OPTIONS = 98;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(LENGTH).asReadOnlyBuffer();

  private ByteBuffer buffer = NOTHING;
  private int offset;
  private int length = LENGTH;
  private long sourceHigh;
  private long sourceLow;

  /** A view of nothing yet. */
  public UdpAnnounce() {}

  /**
   * Points this view at a packet, which must be a {@link PacketKind#ANNOUNCE}.
   *
   * @param buffer big-endian; read at absolute places only, its position and limit stay as they are
   * @param offset where the packet begins
   * @param length bytes of the packet, {@value #LENGTH} and up
   * @param sourceHigh bytes 0 to 7 of the IPv6 address it came from
   * @param sourceLow bytes 8 to 15 of that; an IPv4 address is given mapped, as {@code
   *     ::ffff:a.b.c.d}
   * @return this
   */
  public UdpAnnounce wrap(
      ByteBuffer buffer, int offset, int length, long sourceHigh, long sourceLow) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.sourceHigh = sourceHigh;
    this.sourceLow = sourceLow;
    return this;
  }

  /** The connection id presented, whatever it is. */
  public long connectionId() {
    return UdpPacket.connectionId(buffer, offset);
  }

  /** The client's mark on this request. */
  public int transactionId() {
    return UdpPacket.transactionId(buffer, offset);
  }

  @Override
  public long hashHigh() {
    return buffer.getLong(offset + INFO_HASH);
  }

  @Override
  public long hashMiddle() {
    return buffer.getLong(offset + INFO_HASH + 8);
  }

  @Override
  public int hashLow() {
    return buffer.getInt(offset + INFO_HASH + 16);
  }

  @Override
  public long peerIdHigh() {
    return buffer.getLong(offset + PEER_ID);
  }

  @Override
  public long peerIdMiddle() {
    return buffer.getLong(offset + PEER_ID + 8);
  }

  @Override
  public int peerIdLow() {
    return buffer.getInt(offset + PEER_ID + 16);
  }

  @Override
  public MemberKind kind() {
    return SourceAddress.isIpv4(sourceHigh, sourceLow) ? MemberKind.IPV4 : MemberKind.IPV6;
  }

  @Override
  public int ipv4() {
    return (int) sourceLow;
  }

  @Override
  public long ipv6High() {
    return sourceHigh;
  }

  @Override
  public long ipv6Low() {
    return sourceLow;
  }

  /** Always 0: a UDP peer is at an address. */
  @Override
  public long session() {
    return 0;
  }

  /** The port the peer listens on, 0 to 65535; 0 is for the caller to refuse. */
  @Override
  public int port() {
    return Short.toUnsignedInt(buffer.getShort(offset + PORT));
  }

  @Override
  public long uploaded() {
    return buffer.getLong(offset + UPLOADED);
  }

  @Override
  public long downloaded() {
    return buffer.getLong(offset + DOWNLOADED);
  }

  /** {@inheritDoc} All bits set, which WebTorrent sends for "not known", is unknown. */
  @Override
  public long left() {
    long left = buffer.getLong(offset + LEFT);
    return left >= UNKNOWN_LEFT ? left : Long.MAX_VALUE;
  }

  @Override
  public AnnounceEvent event() {
    return AnnounceEvent.ofNumber(buffer.getInt(offset + EVENT));
  }

  /** {@inheritDoc} Any negative number is the default; 0 is none, as BEP 15 clients mean it. */
  @Override
  public int numwant() {
    return Math.max(DEFAULT_NUMWANT, buffer.getInt(offset + NUM_WANT));
  }

  /** {@inheritDoc} 0 to 2^32-1. */
  @Override
  public long key() {
    return Integer.toUnsignedLong(buffer.getInt(offset + KEY));
  }

  /**
   * Bytes of the path and query that the client announces to (BEP 41), all its blocks together; 0
   * if it gave none.
   */
  public int urlDataLength() {
    return UrlData.length(buffer, offset + OPTIONS, offset + length);
  }

  /**
   * Copies the path and query, as much of it as fits.
   *
   * @return how many bytes were copied
   */
  public int copyUrlData(byte[] into) {
    return UrlData.copy(buffer, offset + OPTIONS, offset + length, into);
  }
}
