package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one kind of request that nearly all are: a {@code GET} whose head has come whole,
 * without a body, without anything unusual.
 *
 * <pre>
 *   GET SP target SP HTTP/1.1 CR LF  ( name ":" value CR LF )*  CR LF       (RFC 9112 §2.1)
 * </pre>
 *
 * <p>It says yes or "not me", never "wrong": whatever it does not know — another method, a space or
 * a control character too many, a line folded or ended by LF alone, a header that changes how the
 * request is read, half a head — is for Netty's decoder, which comes to the same result for what is
 * taken here. Of the headers only those are kept that this door reads. One for each event loop.
 */
final class PlainGet {
  private static final byte[] METHOD = "GET ".getBytes(US_ASCII);
  private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);

  private enum Header {
    CONNECTION,
    ACCEPT_ENCODING,
    X_FORWARDED_FOR,
    FORWARDED,
    /** Of these the request is more than its head, or becomes something else. */
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    EXPECT,
    UPGRADE,
    OTHER;

    private static final Header[] KNOWN =
        Arrays.copyOf(values(), values().length - 1); // OTHER is last

    final AsciiString text =
        AsciiString.cached(name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
  }

  private final int maxLine;
  private final int maxHeaders;
  private final byte[] bytes;
  private int end;

  /**
   * @param maxLine bytes of a request line
   * @param maxHeaders bytes of all headers
   */
  PlainGet(int maxLine, int maxHeaders) {
    this.maxLine = maxLine;
    this.maxHeaders = maxHeaders;
    this.bytes = new byte[maxLine + maxHeaders];
  }

  /** Room for what is to be read: more than that is no request of the plain kind. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the request ended that was last returned. */
  int end() {
    return end;
  }

  /** The request that begins these bytes; null if it is not of the plain kind. */
  @Nullable HttpRequest read(byte[] bytes, int from, int to) {
    if (to - from < METHOD.length || !startsWith(bytes, from, METHOD)) {
      return null;
    }
    int line = lineEnd(bytes, from, to);
    if (line < 0 || line - from > maxLine) {
      return null;
    }
    int target = from + METHOD.length;
    int version = line - VERSION.length - 1;
    if (version <= target || !startsWith(bytes, version, VERSION)) {
      return null;
    }
    for (int i = target; i < version; i++) {
      if (bytes[i] == ' ' || bytes[i] == '\t') {
        return null;
      }
    }
    HttpVersion said =
        switch (bytes[line - 1]) {
          case '1' -> HttpVersion.HTTP_1_1;
          case '0' -> HttpVersion.HTTP_1_0;
          default -> null;
        };
    HttpHeaders headers = said == null ? null : headers(bytes, line + 2, to);
    if (said == null || headers == null) {
      return null;
    }
    String uri = new String(bytes, target, version - target, ISO_8859_1);
    return new DefaultHttpRequest(said, HttpMethod.GET, uri, headers, false); // looked at above
  }

  private @Nullable HttpHeaders headers(byte[] bytes, int from, int to) {
    HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    for (int at = from; ; ) {
      int line = lineEnd(bytes, at, to);
      if (line < 0 || line - from > maxHeaders) {
        return null;
      }
      if (line == at) {
        end = line + 2;
        return headers;
      }
      int colon = nameEnd(bytes, at, line);
      if (colon < 0) {
        return null;
      }
      Header header = named(bytes, at, colon);
      switch (header) {
        case OTHER -> {}
        case CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT, UPGRADE -> {
          return null;
        }
        case CONNECTION, ACCEPT_ENCODING, X_FORWARDED_FOR, FORWARDED -> {
          if (headers == EmptyHttpHeaders.INSTANCE) {
            headers = DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
          }
          headers.add(header.text, value(bytes, colon + 1, line));
        }
      }
      at = line + 2;
    }
  }

  /** The place of the CR LF that ends this line; -1 if it does not end, or has what it must not. */
  private static int lineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b >= 0 && b < ' ' && b != '\t' || b == 0x7f) {
        return b == '\r' && i + 1 < to && bytes[i + 1] == '\n' ? i : -1;
      }
    }
    return -1;
  }

  /** The place of the colon behind a name of letters, digits and hyphens; -1 if there is none. */
  private static int nameEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ':') {
        return i > from ? i : -1;
      }
      int letter = b | 0x20;
      if ((letter < 'a' || letter > 'z') && (b < '0' || b > '9') && b != '-') {
        return -1;
      }
    }
    return -1;
  }

  private static Header named(byte[] bytes, int from, int to) {
    for (Header header : Header.KNOWN) {
      if (header.text.length() == to - from && isNamed(header, bytes, from)) {
        return header;
      }
    }
    return Header.OTHER;
  }

  private static boolean isNamed(Header header, byte[] bytes, int from) {
    for (int i = 0; i < header.text.length(); i++) {
      byte b = bytes[from + i];
      if ((b == '-' ? b : b | 0x20) != header.text.byteAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String value(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1).strip();
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] start) {
    return Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
  }
}
