package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.protocol.http.HttpQuery;
import dev.muster.protocol.http.QueryParser;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
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
 * taken here. Of the headers only those are kept that this door reads.
 *
 * <p>One for each event loop, which is both the reader and what it has read, so that a request
 * costs no object: it is passed on as a message, and holds until the next is read.
 */
final class PlainGet {
  private static final byte[] METHOD = "GET ".getBytes(US_ASCII);
  private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);
  private static final int DEL = 0x7f;

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
  private byte[] text = {};
  private int target;
  private int targetEnd;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;

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

  /**
   * Reads the request that begins these bytes, if it is of the plain kind. Until the next is read,
   * the other methods tell of it, and the bytes have to stay as they are.
   */
  boolean read(byte[] bytes, int from, int to) {
    if (!startsWith(bytes, from, to, METHOD)) {
      return false;
    }
    int target = from + METHOD.length;
    int targetEnd = targetEnd(bytes, target, to);
    int line = targetEnd + VERSION.length + 1; // where the request line ends
    if (targetEnd == target
        || line - from > maxLine
        || line + 1 >= to
        || !startsWith(bytes, targetEnd, to, VERSION)
        || bytes[line] != '\r'
        || bytes[line + 1] != '\n') {
      return false;
    }
    HttpVersion said =
        switch (bytes[line - 1]) {
          case '1' -> HttpVersion.HTTP_1_1;
          case '0' -> HttpVersion.HTTP_1_0;
          default -> null;
        };
    HttpHeaders kept = said == null ? null : headers(bytes, line + 2, to);
    if (said == null || kept == null) {
      return false;
    }
    this.text = bytes;
    this.target = target;
    this.targetEnd = targetEnd;
    this.version = said;
    this.headers = kept;
    return true;
  }

  /** Where the request ended. */
  int end() {
    return end;
  }

  /** Asks the parser what the target asks for. */
  HttpQuery query(QueryParser parser) {
    return parser.parse(text, target, targetEnd);
  }

  /** The target as it stood there, a character for a byte. */
  String target() {
    return new String(text, target, targetEnd - target, ISO_8859_1);
  }

  HttpVersion version() {
    return version;
  }

  /** Those of the headers that this door reads. */
  HttpHeaders headers() {
    return headers;
  }

  Persistence persistence() {
    return Persistence.of(version, headers);
  }

  /** The place of the first byte that is no part of a target: a space, or of a control's kind. */
  private static int targetEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && (bytes[at] > ' ' || bytes[at] < 0) && bytes[at] != DEL) {
      at++;
    }
    return at;
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
      if (b >= 0 && b < ' ' && b != '\t' || b == DEL) {
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

  private static boolean startsWith(byte[] bytes, int at, int to, byte[] start) {
    return at + start.length <= to
        && Arrays.equals(bytes, at, at + start.length, start, 0, start.length);
  }
}
