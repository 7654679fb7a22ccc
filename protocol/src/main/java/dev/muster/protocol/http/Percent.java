package dev.muster.protocol.http;

/**
 * Percent-encoding (RFC 3986 §2.1) of bytes. The text is Latin-1: a character is a byte, and no
 * character set comes into it.
 */
final class Percent {
  private static final byte[] NIBBLES = new byte[256];

  static {
    java.util.Arrays.fill(NIBBLES, (byte) -1);
    for (int i = 0; i < 16; i++) {
      NIBBLES[Character.forDigit(i, 16)] = (byte) i;
      NIBBLES[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
    }
  }

  /**
   * Decodes a range of the text.
   *
   * @return how many bytes it has, not more than one over the size of {@code into}; -1 if there is
   *     a percent sign without two hexadecimal digits
   */
  static int decode(String text, int from, int to, byte[] into) {
    int length = 0;
    int at = from;
    while (at < to) {
      char c = text.charAt(at++);
      if (c == '%') {
        int value = to - at >= 2 ? pair(text, at) : -1;
        if (value < 0) {
          return -1;
        }
        at += 2;
        c = (char) value;
      }
      if (length == into.length) {
        return length + 1;
      }
      into[length++] = (byte) c;
    }
    return length;
  }

  /**
   * A range of the text decoded; a percent sign without two hexadecimal digits stands for itself.
   */
  static String text(String text, int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      char c = text.charAt(at++);
      int value = c == '%' && to - at >= 2 ? pair(text, at) : -1;
      if (value >= 0) {
        plain.append((char) value);
        at += 2;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** The value of two hexadecimal digits, negative if they are not. */
  private static int pair(String text, int at) {
    return nibble(text.charAt(at)) << 4 | nibble(text.charAt(at + 1));
  }

  /** The value of a hexadecimal digit, -1 if it is none. */
  static int nibble(char c) {
    return c < 256 ? NIBBLES[c] : -1;
  }

  private Percent() {}
}
