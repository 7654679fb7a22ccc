package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * An answer on the operator's port, before it is HTTP.
 *
 * @param status its status
 * @param contentType with the charset
 * @param body the content; empty only if there is none
 */
record Reply(HttpResponseStatus status, String contentType, String body) {
  static final String TEXT = "text/plain; charset=utf-8";

  static Reply ok(String contentType, String body) {
    return new Reply(HttpResponseStatus.OK, contentType, body);
  }

  /** A status and a sentence about it. */
  static Reply of(HttpResponseStatus status, String sentence) {
    return new Reply(status, TEXT, sentence + "\n");
  }

  byte[] bytes() {
    return body.getBytes(UTF_8);
  }
}
