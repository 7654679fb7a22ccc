package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What a request target asks for. */
public sealed interface HttpQuery permits AnnounceQuery, ScrapeQuery, RefusedQuery {
  /**
   * Reads a request target such as {@code /announce?info_hash=..&peer_id=..&port=6881}.
   *
   * <p>It is an announce if the last segment of the path begins with {@code announce}, a scrape if
   * with {@code scrape} (BEP 48). Of the query:
   *
   * <ul>
   *   <li>Values are bytes: {@code %NN} in either case is a byte, every other character is its own,
   *       {@code +} too (RFC 3986; form encoding would make it a space).
   *   <li>A {@code %} without two hexadecimal digits spoils an info hash, a peer id or a number,
   *       and the request is refused, as opentracker does. In a parameter that is a hint only
   *       ({@code key}, {@code event}) it stands for itself. In others it is not looked at.
   *   <li>Empty pairs and unknown parameters are passed over. Of a repeated parameter the last
   *       counts, but {@code info_hash} and {@code peer_id} must not be repeated in an announce.
   *   <li>{@code left} is unknown when absent, empty or negative, and at most 2^63-1; {@code
   *       uploaded} and {@code downloaded} are 0 when absent or negative, and at most 2^64-1. Text
   *       in any of them is refused.
   *   <li>{@code numwant} is a wish: negative, or not a number at all, it is the default.
   *   <li>{@code port} has to be 1 to 65535.
   *   <li>An unknown {@code event} is none.
   *   <li>What a peer says of itself ({@code caps}, {@code up}, {@code down}) is a hint: text in
   *       one of them is as if it were not given.
   * </ul>
   *
   * @param target the target as it stood in the request line, a character for a byte (Latin-1)
   */
  static HttpQuery parse(String target) {
    byte[] bytes = target.getBytes(ISO_8859_1);
    return new QueryParser().parse(bytes, 0, bytes.length);
  }
}
