package dev.muster.server.udp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of messages of up to three 64-bit words: a fast hash
 * that cannot be foretold without its 128-bit key. Allocates nothing. Immutable.
 */
final class SipHash {
  static final int KEY_LENGTH = 16;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long k0;
  private final long k1;

  /**
   * @throws IllegalArgumentException if the key does not have 16 bytes
   */
  SipHash(byte[] key) {
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("the key has 16 bytes, length=" + key.length);
    }
    k0 = (long) LITTLE_ENDIAN.get(key, 0);
    k1 = (long) LITTLE_ENDIAN.get(key, 8);
  }

  /**
   * The hash of a message of whole words.
   *
   * @param m0 bytes 0 to 7 of the message, little-endian, and so on
   * @param words how many of the three words are the message's, 0 to 3
   */
  long hash(long m0, long m1, long m2, int words) {
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    // Two rounds for each word and for the length, then twice two rounds to finish.
    for (int block = 0; block <= words + 2; block++) {
      long m = block < words ? word(block, m0, m1, m2) : block == words ? (long) words << 59 : 0;
      v3 ^= m;
      v2 ^= block == words + 1 ? 0xff : 0;
      for (int round = 0; round < 2; round++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
      v0 ^= m;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long word(int index, long m0, long m1, long m2) {
    return index == 0 ? m0 : index == 1 ? m1 : m2;
  }
}
