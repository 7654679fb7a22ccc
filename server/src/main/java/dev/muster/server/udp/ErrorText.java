package dev.muster.server.udp;

import dev.muster.protocol.udp.UdpReplies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The sentences a UDP client is told when it is refused: ASCII, with the offending number at the
 * end, written without allocating.
 */
enum ErrorText {
  /**
   * Told to addresses that are not proved: keeps the reply within 36 bytes, a scrape of one hash.
   */
  CONNECTION_ID("bad connection id, reconnect"),
  PORT("port 0 cannot be reached: send the port you listen on"),
  EMPTY_SCRAPE("scrape of no info hash: send 1 to 74"),
  SHORT_ANNOUNCE("announce cut short: send 98 bytes or more, length="),
  ACTION("unknown action: send 1 to announce, 2 to scrape, action="),
  NO_ROOM_FOR_SWARM("tracker full, no new torrents: try again later, seconds="),
  NO_ROOM_FOR_PEER("tracker full, no new peers: try again later, seconds="),
  INTERNAL("internal error: try again later");

  private final byte[] ascii;

  ErrorText(String text) {
    ascii = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes a whole error reply; says how many bytes it has. */
  int put(ByteBuffer out, int offset, int transactionId) {
    return UdpReplies.putError(out, offset, transactionId, ascii);
  }

  /**
   * Writes a whole error reply that ends with a number; says how many bytes it has.
   *
   * @param number 0 and up
   */
  int put(ByteBuffer out, int offset, int transactionId, long number) {
    int length = put(out, offset, transactionId);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = digits - 1; i >= 0; i--) {
      out.put(offset + length + i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    return length + digits;
  }
}
