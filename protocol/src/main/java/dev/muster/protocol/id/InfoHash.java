package dev.muster.protocol.id;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The name of a swarm: 20 bytes. A SHA-1 (BEP 3), the first 20 bytes of a SHA-256 (BEP 52), or any
 * other 20 bytes that peers agreed on.
 *
 * @param high bytes 0 to 7, big-endian
 * @param middle bytes 8 to 15, big-endian
 * @param low bytes 16 to 19, big-endian
 */
public record InfoHash(long high, long middle, int low) implements Comparable<InfoHash> {
  /** Bytes in an info hash. */
  public static final int LENGTH = 20;

  /**
   * The info hash in these bytes.
   *
   * @throws IllegalArgumentException if they are not exactly {@value #LENGTH}
   */
  public static InfoHash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an info hash has 20 bytes, length=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new InfoHash(buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  /**
   * The info hash written as 40 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static InfoHash ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** The {@value #LENGTH} bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(middle).putInt(low).array();
  }

  /** By the bytes, unsigned: the order of dictionary keys. */
  @Override
  public int compareTo(InfoHash other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  /** The 40 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
