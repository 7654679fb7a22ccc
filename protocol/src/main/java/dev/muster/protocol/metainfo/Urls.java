package dev.muster.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Optional;

/** URLs as they stand in links, and percent-encoding (RFC 3986 §2.1) of UTF-8. */
final class Urls {
  /** Longer ones name no tracker and no web seed. */
  static final int LONGEST = 4096;

  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  /** What a URI may not hold, but what people write into URLs all the same. */
  private static final String ENCODED_FOR_THEM = " \"<>\\^`{|}";

  /**
   * The URL in this text, if it has a scheme and a host. White space around it is left out, and
   * characters that no URL may hold are percent-encoded.
   */
  static Optional<URI> read(String text) {
    String url = text.strip();
    if (url.isEmpty() || url.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(withoutStrays(url));
      return uri.getScheme() != null && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String withoutStrays(String url) {
    StringBuilder legal = new StringBuilder(url.length());
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (ENCODED_FOR_THEM.indexOf(c) >= 0) {
        escape(legal, (byte) c);
      } else {
        legal.append(c);
      }
    }
    return legal.toString();
  }

  /**
   * The text that is percent-encoded here; a percent sign without two hexadecimal digits stands for
   * itself, and what is not UTF-8 becomes U+FFFD.
   */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] encoded = text.getBytes(UTF_8);
    var plain = new ByteArrayOutputStream(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%'
          && i + 2 < encoded.length
          && HexFormat.isHexDigit(encoded[i + 1])
          && HexFormat.isHexDigit(encoded[i + 2])) {
        plain.write(
            HexFormat.fromHexDigit(encoded[i + 1]) << 4 | HexFormat.fromHexDigit(encoded[i + 2]));
        i += 2;
      } else {
        plain.write(encoded[i]);
      }
    }
    return plain.toString(UTF_8);
  }

  /** The text percent-encoded, all but unreserved characters and these. */
  static String encode(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) b;
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (plain || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        escape(encoded, b);
      }
    }
    return encoded.toString();
  }

  private static void escape(StringBuilder into, byte b) {
    into.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
  }

  private Urls() {}
}
