package dev.muster.protocol.http;

/**
 * Percent-encoding (RFC 3986 §2.1) of bytes. A character is a byte, and no character set comes into
 * it.
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
   * Decodes a range of these bytes.
   *
   * @return how many bytes it has, not more than one over the size of {@code into}; -1 if there is
   *     a percent sign without two hexadecimal digits
   */
  static int decode(byte[] text, int from, int to, byte[] into) {
    int length = 0;
    int at = from;
    while (at < to) {
      byte b = text[at++];
      if (b == '%') {
        int value = to - at >= 2 ? pair(text, at) : -1;
        if (value < 0) {
          return -1;
        }
        at += 2;
        b = (byte) value;
      }
      if (length == into.length) {
        return length + 1;
      }
      into[length++] = b;
    }
    return length;
  }

  /**
   * A range of these bytes decoded, as Latin-1; a percent sign without two hexadecimal digits
   * stands for itself.
   */
  static String text(byte[] text, int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    int at = from;
    while (at < to) {
      byte b = text[at++];
      int value = b == '%' && to - at >= 2 ? pair(text, at) : -1;
      if (value >= 0) {
        plain.append((char) value);
        at += 2;
      } else {
        plain.append((char) (b & 0xff));
      }
    }
    return plain.toString();
  }

  /** These bytes in a query: letters, digits and {@code - . _ ~} as they are, others encoded. */
  static void encode(byte[] bytes, StringBuilder into) {
    for (byte b : bytes) {
      int c = b & 0xff;
      boolean plain =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || isMark(c);
      if (plain) {
        into.append((char) c);
      } else {
        into.append('%').append(hex(c >> 4)).append(hex(c & 0xf));
      }
    }
  }

  private static boolean isMark(int c) {
    return c == '-' || c == '.' || c == '_' || c == '~';
  }

  private static char hex(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble, 16));
  }

  /** The value of two hexadecimal digits, negative if they are not. */
  private static int pair(byte[] text, int at) {
    return nibble(text[at] & 0xff) << 4 | nibble(text[at + 1] & 0xff);
  }

  /** The value of a hexadecimal digit, -1 if it is none. */
  static int nibble(int c) {
    return c < 256 ? NIBBLES[c] : -1;
  }

  private Percent() {}
}
