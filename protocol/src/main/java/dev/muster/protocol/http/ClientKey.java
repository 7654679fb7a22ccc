package dev.muster.protocol.http;

/**
 * The {@code key} of an announce (BEP 7) as a number: a hint, for its form is the client's choice.
 */
final class ClientKey {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /**
   * Up to eight hexadecimal digits are a 32-bit number: libtorrent and Transmission write here with
   * {@code %08X} what they send as a number over UDP. Other bytes (aria2 sends eight raw ones) are
   * hashed to 64 bits. Nothing is 0.
   */
  static long of(String bytes) {
    if (bytes.isEmpty()) {
      return 0;
    }
    long number = bytes.length() <= 8 ? 0 : -1;
    for (int i = 0; i < bytes.length() && number >= 0; i++) {
      int nibble = Percent.nibble(bytes.charAt(i));
      number = nibble < 0 ? -1 : number << 4 | nibble;
    }
    return number >= 0 ? number : hash(bytes);
  }

  /** FNV-1a; the top bit keeps it apart from the 32-bit numbers. */
  private static long hash(String bytes) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < bytes.length(); i++) {
      hash = (hash ^ bytes.charAt(i)) * FNV_PRIME;
    }
    return hash | Long.MIN_VALUE;
  }

  private ClientKey() {}
}
