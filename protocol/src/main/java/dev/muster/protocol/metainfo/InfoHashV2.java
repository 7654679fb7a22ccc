package dev.muster.protocol.metainfo;

import dev.muster.protocol.id.InfoHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The whole info hash of a version 2 torrent: a SHA-256 (BEP 52). Trackers know it {@linkplain
 * #truncated() cut to 20 bytes}.
 *
 * @param first bytes 0 to 7, big-endian
 * @param second bytes 8 to 15, big-endian
 * @param third bytes 16 to 23, big-endian
 * @param fourth bytes 24 to 31, big-endian
 */
public record InfoHashV2(long first, long second, long third, long fourth) {
  /** Bytes in it. */
  public static final int LENGTH = 32;

  /**
   * The info hash in these bytes.
   *
   * @throws IllegalArgumentException if they are not exactly {@value #LENGTH}
   */
  public static InfoHashV2 of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a version 2 info hash has 32 bytes, length=" + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new InfoHashV2(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /**
   * The info hash written as 64 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static InfoHashV2 ofHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** The {@value #LENGTH} bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Its first 20 bytes: the swarm's name at trackers. */
  public InfoHash truncated() {
    return InfoHash.of(Arrays.copyOf(bytes(), InfoHash.LENGTH));
  }

  /** The 64 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
