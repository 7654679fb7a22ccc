package dev.muster.protocol.udp;

import java.nio.ByteBuffer;

/**
 * What all packets have in common (BEP 15).
 *
 * <pre>
 *   0         8      12     16                       0      4      8
 *   +---------+------+------+----                    +------+------+----
 *   | conn id |action| tid  | ...   request          |action| tid  | ...   response
 *   +---------+------+------+----                    +------+------+----
 * </pre>
 *
 * <p>The methods read at {@code offset}, where the packet begins, whatever the buffer's position;
 * the buffer must be big-endian and hold the bytes.
 */
public final class UdpPacket {
  /** What a connect request has in the place of a connection id. */
  public static final long MAGIC = 0x0000_0417_2710_1980L;

  /** Action of a connect request and of its response. */
  public static final int CONNECT = 0;

  /** Action of an announce request and of its response. */
  public static final int ANNOUNCE = 1;

  /** Action of a scrape request and of its response. */
  public static final int SCRAPE = 2;

  /** Action of a response that says what was wrong. */
  public static final int ERROR = 3;

  /** Bytes of a request that every action has; the whole of a connect request. */
  public static final int REQUEST_HEADER = 16;

  /** Bytes of a response that every action has. */
  public static final int RESPONSE_HEADER = 8;

  /** The most bytes UDP carries over IPv4. */
  public static final int MAX_LENGTH = 65_507;

  static final int CONNECTION_ID = 0;
  static final int ACTION = 8;
  static final int TRANSACTION_ID = 12;

  private UdpPacket() {}

  /** The connection id of a request, or {@link #MAGIC}. */
  public static long connectionId(ByteBuffer buffer, int offset) {
    return buffer.getLong(offset + CONNECTION_ID);
  }

  /** The action of a request. */
  public static int action(ByteBuffer buffer, int offset) {
    return buffer.getInt(offset + ACTION);
  }

  /** The client's mark on a request, given back in the response. */
  public static int transactionId(ByteBuffer buffer, int offset) {
    return buffer.getInt(offset + TRANSACTION_ID);
  }
}
