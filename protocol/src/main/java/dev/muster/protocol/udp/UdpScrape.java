package dev.muster.protocol.udp;

import java.nio.ByteBuffer;

/**
 * A scrape request as a view of the buffer it was received in (BEP 15). Reused: {@link #wrap}
 * points it at the next packet. Allocates nothing. Not thread-safe.
 *
 * <pre>
 *    0         8      12     16          36
 *    +---------+------+------+-----------+-----------+----
 *    | conn id |  2   | tid  | info hash | info hash | ...
 *    +---------+------+------+-----------+-----------+----
 * </pre>
 *
 * <p>Bytes after the last whole hash are passed over. Some trackers refuse such a request; but BEP
 * 15 lets requests grow at the end, and the hashes before are plain to read.
 */
public final class UdpScrape {
  /** The most hashes a request can ask for, and be sure to have them answered (BEP 15). */
  public static final int MAX_HASHES = 74;

  static final int HASHES = 16;
  static final int HASH_LENGTH = 20;

  private static final ByteBuffer NOTHING =
      ByteBuffer.allocate(UdpPacket.REQUEST_HEADER).asReadOnlyBuffer();

  private ByteBuffer buffer = NOTHING;
  private int offset;
  private int length = UdpPacket.REQUEST_HEADER;

  /** A view of nothing yet. */
  public UdpScrape() {}

  /**
   * Points this view at a packet, which must be a {@link PacketKind#SCRAPE}.
   *
   * @param buffer big-endian; read at absolute places only, its position and limit stay as they are
   * @param offset where the packet begins
   * @param length bytes of the packet, 16 and up
   * @return this
   */
  public UdpScrape wrap(ByteBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
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

  /** How many hashes are asked for, 0 and up; may be more than {@link #MAX_HASHES}. */
  public int hashes() {
    return (length - HASHES) / HASH_LENGTH;
  }

  /** Bytes 0 to 7 of hash {@code index}, big-endian. */
  public long hashHigh(int index) {
    return buffer.getLong(at(index));
  }

  /** Bytes 8 to 15 of hash {@code index}, big-endian. */
  public long hashMiddle(int index) {
    return buffer.getLong(at(index) + 8);
  }

  /** Bytes 16 to 19 of hash {@code index}, big-endian. */
  public int hashLow(int index) {
    return buffer.getInt(at(index) + 16);
  }

  private int at(int index) {
    return offset + HASHES + HASH_LENGTH * index;
  }
}
