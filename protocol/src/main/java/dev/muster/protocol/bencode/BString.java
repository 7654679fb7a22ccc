package dev.muster.protocol.bencode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A string of bytes; text only by agreement. Compared as unsigned bytes, the order of dictionary
 * keys.
 *
 * @param bytes its content; not copied, so leave it alone
 * @param span see {@link BValue#span()}
 */
public record BString(byte[] bytes, Span span) implements BValue, Comparable<BString> {
  private static final int SHOWN = 64;

  /** A string of these bytes. */
  public static BString of(byte[] bytes) {
    return new BString(bytes, Span.NONE);
  }

  /** A string of this text in UTF-8. */
  public static BString of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /** How many bytes. */
  public int length() {
    return bytes.length;
  }

  /** The bytes read as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String utf8() {
    return new String(bytes, UTF_8);
  }

  /** Whether the bytes are these ASCII characters. */
  public boolean is(String ascii) {
    return Arrays.equals(bytes, ascii.getBytes(ISO_8859_1));
  }

  @Override
  public int compareTo(BString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BString string && Arrays.equals(bytes, string.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first bytes, for messages: printable ASCII as it is, others as {@code \xNN}. */
  @Override
  public String toString() {
    int shown = Math.min(bytes.length, SHOWN);
    StringBuilder text = new StringBuilder(shown + 5).append('"');
    for (int i = 0; i < shown; i++) {
      byte b = bytes[i];
      if (b >= ' ' && b < 0x7f && b != '"' && b != '\\') {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.append(shown < bytes.length ? "...\"" : "\"").toString();
  }
}
