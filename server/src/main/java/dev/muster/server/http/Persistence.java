package dev.muster.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** What becomes of a connection after an answer, and what the answer says of it (RFC 9112 §9.3). */
enum Persistence {
  /** It stays, which HTTP/1.1 need not say. */
  STAY,
  /** It stays, which a client of HTTP/1.0 that asked for it is told. */
  STAY_SAID,
  /** It is closed. */
  CLOSE;

  static Persistence of(HttpMessage request) {
    return of(request.protocolVersion(), request.headers());
  }

  static Persistence of(HttpVersion version, HttpHeaders headers) {
    // Answered at once: whether the client then sends its body nobody knows, so nothing can follow.
    if (says(headers, HttpHeaderValues.CLOSE) || headers.contains(HttpHeaderNames.EXPECT)) {
      return CLOSE;
    }
    if (version.isKeepAliveDefault()) {
      return STAY;
    }
    return says(headers, HttpHeaderValues.KEEP_ALIVE) ? STAY_SAID : CLOSE;
  }

  private static boolean says(HttpHeaders headers, AsciiString option) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, option, true);
  }
}
