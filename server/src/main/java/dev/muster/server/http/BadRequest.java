package dev.muster.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * What is wrong with bytes that are no HTTP request: an answer, and a sentence for whoever reads
 * it.
 */
final class BadRequest extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  static final BadRequest TLS =
      new BadRequest("this port speaks plain HTTP, not TLS: use http:// and not https://");
  static final BadRequest PLAIN =
      new BadRequest("this port speaks TLS, not plain HTTP: use https:// and not http://");
  static final BadRequest VERSION = new BadRequest("this port speaks HTTP/1.1 and HTTP/1.0");
  static final BadRequest REQUEST_LINE =
      new BadRequest("a request line is METHOD, target and HTTP/1.1, with no space in the target");

  private final String sentence;

  /** Made once: what strangers send must not cost a stack trace. */
  private BadRequest(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  static Status statusFor(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line -> Status.URI_TOO_LONG;
      case TooLongHttpHeaderException headers -> Status.HEADERS_TOO_LARGE;
      default -> Status.BAD_REQUEST;
    };
  }

  static String sentenceFor(Throwable cause) {
    return switch (cause) {
      case BadRequest bad -> bad.sentence;
      case TooLongHttpLineException line -> "the request line is too long";
      case TooLongHttpHeaderException headers -> "the headers are too long";
      // the message may hold a stranger's bytes, so it is not told
      default -> "this is not an HTTP request";
    };
  }
}
