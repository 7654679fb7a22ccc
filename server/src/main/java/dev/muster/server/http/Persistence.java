package dev.muster.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;

/** What becomes of a connection after an answer, and what the answer says of it (RFC 9112 §9.3). */
enum Persistence {
  /** It stays, which HTTP/1.1 need not say. */
  STAY,
  /** It stays, which a client of HTTP/1.0 that asked for it is told. */
  STAY_SAID,
  /** It is closed. */
  CLOSE;

  static Persistence of(HttpMessage request) {
    // Answered at once: whether the client then sends its body nobody knows, so nothing can follow.
    if (!HttpUtil.isKeepAlive(request) || request.headers().contains(HttpHeaderNames.EXPECT)) {
      return CLOSE;
    }
    return request.protocolVersion().isKeepAliveDefault() ? STAY : STAY_SAID;
  }
}
