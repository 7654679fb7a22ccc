package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.id.InfoHash;
import java.util.List;

/** Writes what {@link HttpQuery#parse} reads: the query of a request, without question mark. */
public final class QueryWriter {
  /**
   * An announce (BEP 3, 7, 21, 23). What is 0, empty, unknown or default is left out where trackers
   * do without it; a key only if it has 32 bits, as eight hexadecimal digits.
   */
  public static String announce(AnnounceQuery query) {
    StringBuilder text = new StringBuilder(300).append("info_hash=");
    Percent.encode(query.infoHash().bytes(), text);
    text.append("&peer_id=");
    Percent.encode(query.peerId().bytes(), text);
    text.append("&port=").append(query.port());
    text.append("&uploaded=").append(Long.toUnsignedString(query.uploaded()));
    text.append("&downloaded=").append(Long.toUnsignedString(query.downloaded()));
    if (query.left() != Announce.UNKNOWN_LEFT) {
      text.append("&left=").append(query.left());
    }
    text.append(query.compact() ? "&compact=1" : "&compact=0");
    if (query.noPeerId()) {
      text.append("&no_peer_id=1");
    }
    if (query.numwant() != Announce.DEFAULT_NUMWANT) {
      text.append("&numwant=").append(query.numwant());
    }
    if (query.key() != 0 && query.key() >>> 32 == 0) {
      text.append("&key=").append(String.format("%08X", query.key()));
    }
    text.append(event(query.event()));
    add("&ip=", query.ip(), text);
    add("&ipv4=", query.ipv4(), text);
    add("&ipv6=", query.ipv6(), text);
    add("&trackerid=", query.trackerId(), text);
    return text.toString();
  }

  /** A scrape (BEP 48). */
  public static String scrape(List<InfoHash> swarms) {
    StringBuilder text = new StringBuilder(70 * swarms.size());
    for (InfoHash swarm : swarms) {
      text.append(text.isEmpty() ? "info_hash=" : "&info_hash=");
      Percent.encode(swarm.bytes(), text);
    }
    return text.toString();
  }

  private static String event(AnnounceEvent event) {
    return switch (event) {
      case NONE -> "";
      case STARTED -> "&event=started";
      case COMPLETED -> "&event=completed";
      case STOPPED -> "&event=stopped";
      case PAUSED -> "&event=paused";
    };
  }

  private static void add(String name, String value, StringBuilder text) {
    if (!value.isEmpty()) {
      text.append(name);
      Percent.encode(value.getBytes(UTF_8), text);
    }
  }

  private QueryWriter() {}
}
