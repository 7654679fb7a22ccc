package dev.muster.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/**
 * The status lines this door answers with. Clients of the protocol read bodies of 200 only, so that
 * everything a tracker has to say goes with it; the others are for what is not of the protocol.
 */
enum Status {
  OK("200 OK"),
  BAD_REQUEST("400 Bad Request"),
  NOT_FOUND("404 Not Found"),
  METHOD_NOT_ALLOWED("405 Method Not Allowed\r\nAllow: GET, HEAD"),
  REQUEST_TIMEOUT("408 Request Timeout"),
  CONTENT_TOO_LARGE("413 Content Too Large"),
  // Transmission asks for fewer swarms when it finds these words
  URI_TOO_LONG("414 Request-URI Too Long"),
  HEADERS_TOO_LARGE("431 Request Header Fields Too Large"),
  UNAVAILABLE("503 Service Unavailable\r\nRetry-After: 60");

  private static final byte[] END = ascii("\r\n\r\n");
  private static final byte[] END_CLOSE = ascii("\r\nConnection: close\r\n\r\n");
  private static final byte[] END_KEEP_ALIVE = ascii("\r\nConnection: keep-alive\r\n\r\n");
  private static final byte[] GZIP = ascii("\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding");

  /** Bytes of a head at most. */
  static final int HEAD_BYTES = 256;

  private final byte[] start;

  Status(String line) {
    start = ascii("HTTP/1.1 " + line + "\r\nContent-Type: text/plain\r\nContent-Length: ");
  }

  /** Writes a head for a body of this length. */
  void writeHead(ByteBuf out, int length, boolean gzip, Persistence persistence) {
    out.writeBytes(start);
    writeDecimal(out, length);
    if (gzip) {
      out.writeBytes(GZIP);
    }
    out.writeBytes(
        switch (persistence) {
          case STAY -> END;
          case STAY_SAID -> END_KEEP_ALIVE;
          case CLOSE -> END_CLOSE;
        });
  }

  private static void writeDecimal(ByteBuf out, int value) {
    int divisor = 1;
    while (value / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.writeByte('0' + value / divisor % 10);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
