package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The parameters of a query that are read. */
enum Parameter {
  INFO_HASH("info_hash"),
  PEER_ID("peer_id"),
  PORT("port"),
  UPLOADED("uploaded"),
  DOWNLOADED("downloaded"),
  LEFT("left"),
  EVENT("event"),
  NUMWANT("numwant"),
  KEY("key"),
  IP("ip"),
  IPV4("ipv4"),
  IPV6("ipv6"),
  TRACKER_ID("trackerid"),
  COMPACT("compact"),
  NO_PEER_ID("no_peer_id"),
  CONTACT("contact"),
  CAPS("caps"),
  UP("up"),
  DOWN("down"),
  /** Any other. */
  UNKNOWN("");

  private static final int LONGEST = 10;

  private final String text;
  private final byte[] bytes;

  Parameter(String text) {
    this.text = text;
    this.bytes = text.getBytes(ISO_8859_1);
  }

  /** The name as it stands in a query. */
  String text() {
    return text;
  }

  /** The parameter with the name in this range of the query. */
  static Parameter named(byte[] query, int from, int to) {
    for (int i = from; i < to; i++) {
      if (query[i] == '%') {
        return to - from <= 3 * LONGEST ? plain(Percent.text(query, from, to)) : UNKNOWN;
      }
    }
    return match(query, from, to - from);
  }

  private static Parameter plain(String name) {
    return match(name.getBytes(ISO_8859_1), 0, name.length());
  }

  private static Parameter match(byte[] query, int from, int length) {
    return switch (length) {
      case 2 -> either(query, from, IP, UP);
      case 3 -> either(query, from, KEY, KEY);
      case 4 ->
          switch (query[from]) {
            case 'i' -> either(query, from, IPV4, IPV6);
            case 'p', 'l' -> either(query, from, PORT, LEFT);
            default -> either(query, from, CAPS, DOWN);
          };
      case 5 -> either(query, from, EVENT, EVENT);
      case 7 ->
          query[from] == 'c'
              ? either(query, from, COMPACT, CONTACT)
              : either(query, from, PEER_ID, NUMWANT);
      case 8 -> either(query, from, UPLOADED, UPLOADED);
      case 9 -> either(query, from, INFO_HASH, TRACKER_ID);
      case 10 -> either(query, from, DOWNLOADED, NO_PEER_ID);
      default -> UNKNOWN;
    };
  }

  private static Parameter either(byte[] query, int from, Parameter one, Parameter other) {
    if (one.stands(query, from)) {
      return one;
    }
    return other.stands(query, from) ? other : UNKNOWN;
  }

  private boolean stands(byte[] query, int from) {
    return Arrays.equals(query, from, from + bytes.length, bytes, 0, bytes.length);
  }
}
