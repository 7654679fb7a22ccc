package dev.muster.protocol.id;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a client calls itself: 20 bytes of its own choice (BEP 3, 20). Anybody can forge one, so it
 * names nothing here.
 *
 * @param high bytes 0 to 7, big-endian
 * @param middle bytes 8 to 15, big-endian
 * @param low bytes 16 to 19, big-endian
 */
public record PeerId(long high, long middle, int low) {
  /** Bytes in a peer id. */
  public static final int LENGTH = 20;

  /**
   * The peer id in these bytes.
   *
   * @throws IllegalArgumentException if they are not exactly {@value #LENGTH}
   */
  public static PeerId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a peer id has 20 bytes, length=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new PeerId(buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  /**
   * The peer id written as 40 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static PeerId ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** The {@value #LENGTH} bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(middle).putInt(low).array();
  }

  /** The 40 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
