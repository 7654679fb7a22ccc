package dev.muster.protocol.metainfo;

import dev.muster.protocol.id.InfoHash;
import java.util.Optional;

/** Base 32 (RFC 4648 §6), the older way to write an info hash in a magnet link. */
final class Base32 {
  private static final int DIGITS = 32;

  /** The info hash in these 32 digits, in either case; empty if they are not that. */
  static Optional<InfoHash> infoHash(String text) {
    if (text.length() != DIGITS) {
      return Optional.empty();
    }
    byte[] bytes = new byte[InfoHash.LENGTH];
    int bits = 0;
    int held = 0;
    int length = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      held = (held << 5 | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[length++] = (byte) (held >> bits);
      }
    }
    return Optional.of(InfoHash.of(bytes));
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
  }

  private Base32() {}
}
