package dev.muster.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.ContactMetadata;
import dev.muster.protocol.announce.Refusal;
import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.id.PeerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads request targets where they lie, one after another; the rules stand at {@link
 * HttpQuery#parse}. It takes one pass to find the parameters, and decodes the values only of those
 * that are asked for. Not thread-safe.
 */
public final class QueryParser {
  private static final Parameter[] PARAMETERS = Parameter.values();
  private static final int SHOWN = 40; // characters of an offending value that are told
  private static final byte[] ANNOUNCE = "announce".getBytes(US_ASCII);
  private static final byte[] SCRAPE = "scrape".getBytes(US_ASCII);

  private final byte[] twenty = new byte[InfoHash.LENGTH];

  // where the value of each parameter stands; 0 if it was not given, for no value begins there
  private final int[] from = new int[PARAMETERS.length];
  private final int[] to = new int[PARAMETERS.length];

  private byte[] target = {};
  private int end;

  /**
   * What these bytes ask for, of which nothing is kept.
   *
   * @param bytes a target from {@code from} to {@code to}, as it stood in the request line
   */
  public HttpQuery parse(byte[] bytes, int from, int to) {
    target = bytes;
    end = to;
    int pathEnd = find('?', from, to);
    int segment = pathEnd;
    while (segment > from && bytes[segment - 1] != '/') {
      segment--;
    }
    int first = Math.min(pathEnd + 1, to);
    if (begins(segment, pathEnd, ANNOUNCE)) {
      return announce(first);
    }
    if (begins(segment, pathEnd, SCRAPE)) {
      return scrape(first);
    }
    return new RefusedQuery(
        Refusal.NOT_FOUND,
        "this is a tracker: announce at /announce, scrape at /scrape, not at "
            + shown(from, pathEnd));
  }

  private boolean begins(int segment, int end, byte[] word) {
    return segment + word.length <= end
        && Arrays.equals(target, segment, segment + word.length, word, 0, word.length);
  }

  private HttpQuery announce(int at) {
    Arrays.fill(from, 0);
    Arrays.fill(to, 0);
    while (at < end) {
      int equals = nameEnd(at);
      int pairEnd = find('&', equals, end);
      if (equals < pairEnd) {
        Parameter parameter = Parameter.named(target, at, equals);
        int slot = parameter.ordinal();
        if (from[slot] != 0) {
          if (parameter == Parameter.INFO_HASH) {
            return refused(
                Refusal.INFO_HASH, "info_hash is given twice, an announce is for one swarm");
          }
          if (parameter == Parameter.PEER_ID) {
            return refused(Refusal.PEER_ID, "peer_id is given twice");
          }
        }
        from[slot] = equals + 1;
        to[slot] = pairEnd;
      }
      at = pairEnd + 1;
    }
    return announce();
  }

  private HttpQuery announce() {
    String fault = twentyBytes(Parameter.INFO_HASH);
    if (fault != null) {
      return refused(Refusal.INFO_HASH, fault);
    }
    InfoHash infoHash = InfoHash.of(twenty);
    fault = twentyBytes(Parameter.PEER_ID);
    if (fault != null) {
      return refused(Refusal.PEER_ID, fault);
    }
    PeerId peerId = PeerId.of(twenty);
    Decimal port = decimal(Parameter.PORT);
    if (!port.isNumber() || port.value() < 1 || port.value() > 0xffff) {
      return refused(
          Refusal.PORT,
          given(Parameter.PORT)
              ? "port has to be 1 to 65535, not " + shown(Parameter.PORT)
              : "port is missing");
    }
    Decimal uploaded = decimal(Parameter.UPLOADED);
    Decimal downloaded = decimal(Parameter.DOWNLOADED);
    Decimal left = decimal(Parameter.LEFT);
    if (uploaded.isText()) {
      return notANumber(Parameter.UPLOADED);
    }
    if (downloaded.isText()) {
      return notANumber(Parameter.DOWNLOADED);
    }
    if (left.isText()) {
      return notANumber(Parameter.LEFT);
    }
    Decimal numwant = decimal(Parameter.NUMWANT);
    return new AnnounceQuery(
        infoHash,
        peerId,
        (int) port.value(),
        uploaded.isNumber() ? uploaded.value() : 0,
        downloaded.isNumber() ? downloaded.value() : 0,
        left.isNumber() ? left.signed() : Announce.UNKNOWN_LEFT,
        event(),
        numwant.isNumber()
            ? (int) Math.min(numwant.signed(), Integer.MAX_VALUE)
            : Announce.DEFAULT_NUMWANT,
        ClientKey.of(text(Parameter.KEY)),
        text(Parameter.IP),
        text(Parameter.IPV4),
        text(Parameter.IPV6),
        text(Parameter.TRACKER_ID),
        !text(Parameter.COMPACT).equals("0"),
        text(Parameter.NO_PEER_ID).equals("1"),
        text(Parameter.CONTACT).equals("1"),
        metadata());
  }

  /** A hint only, so that what is no number is as good as nothing. */
  private int metadata() {
    if (!given(Parameter.CAPS) && !given(Parameter.UP) && !given(Parameter.DOWN)) {
      return Announce.NO_METADATA;
    }
    Decimal caps = decimal(Parameter.CAPS);
    Decimal up = decimal(Parameter.UP);
    Decimal down = decimal(Parameter.DOWN);
    return caps.isNumber() || up.isNumber() || down.isNumber()
        ? ContactMetadata.pack(hint(caps), hint(up), hint(down))
        : Announce.NO_METADATA;
  }

  private static long hint(Decimal number) {
    return number.isNumber() ? Math.max(0, number.signed()) : 0;
  }

  private HttpQuery scrape(int at) {
    List<InfoHash> hashes = new ArrayList<>();
    int slot = Parameter.INFO_HASH.ordinal();
    while (at < end) {
      int equals = nameEnd(at);
      int pairEnd = find('&', equals, end);
      if (equals < pairEnd && Parameter.named(target, at, equals) == Parameter.INFO_HASH) {
        from[slot] = equals + 1;
        to[slot] = pairEnd;
        String fault = twentyBytes(Parameter.INFO_HASH);
        if (fault != null) {
          return refused(Refusal.INFO_HASH, fault);
        }
        hashes.add(InfoHash.of(twenty));
      }
      at = pairEnd + 1;
    }
    return hashes.isEmpty()
        ? refused(
            Refusal.EMPTY_SCRAPE, "info_hash is missing: a scrape names the swarms it is about")
        : new ScrapeQuery(hashes);
  }

  /** The place of the first of these characters in the range, or its end. */
  private int find(char wanted, int from, int to) {
    int at = from;
    while (at < to && target[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Where the first {@code =} of a pair stands, or its end. */
  private int nameEnd(int at) {
    while (at < end && target[at] != '=' && target[at] != '&') {
      at++;
    }
    return at;
  }

  /** Decodes the value to {@link #twenty}; what is wrong with it, or null. */
  private @Nullable String twentyBytes(Parameter parameter) {
    int slot = parameter.ordinal();
    if (!given(parameter)) {
      return parameter.text() + " is missing";
    }
    int length = Percent.decode(target, from[slot], to[slot], twenty);
    if (length == InfoHash.LENGTH) {
      return null;
    }
    if (length < 0) {
      return parameter.text() + " has a % without two hexadecimal digits: " + shown(parameter);
    }
    return parameter.text()
        + " has to be 20 bytes, not "
        + (length > InfoHash.LENGTH ? "more" : length)
        + ": "
        + shown(parameter);
  }

  private AnnounceEvent event() {
    return switch (text(Parameter.EVENT)) {
      case "started" -> AnnounceEvent.STARTED;
      case "stopped" -> AnnounceEvent.STOPPED;
      case "completed" -> AnnounceEvent.COMPLETED;
      case "paused" -> AnnounceEvent.PAUSED;
      default -> AnnounceEvent.NONE;
    };
  }

  private boolean given(Parameter parameter) {
    return from[parameter.ordinal()] != 0;
  }

  private Decimal decimal(Parameter parameter) {
    int slot = parameter.ordinal();
    if (find('%', from[slot], to[slot]) == to[slot]) {
      return Decimal.in(target, from[slot], to[slot]);
    }
    byte[] plain = text(parameter).getBytes(ISO_8859_1);
    return Decimal.in(plain, 0, plain.length);
  }

  /** The value decoded, empty if it was not given. */
  private String text(Parameter parameter) {
    int slot = parameter.ordinal();
    return from[slot] == to[slot] ? "" : Percent.text(target, from[slot], to[slot]);
  }

  private HttpQuery notANumber(Parameter parameter) {
    return refused(
        Refusal.NUMBER, parameter.text() + " has to be a number, not " + shown(parameter));
  }

  private static RefusedQuery refused(Refusal reason, String sentence) {
    return new RefusedQuery(reason, sentence);
  }

  private String shown(Parameter parameter) {
    return shown(from[parameter.ordinal()], to[parameter.ordinal()]);
  }

  /** A stranger's text, made fit to be told: printable ASCII, and not too much of it. */
  private String shown(int from, int to) {
    int shownEnd = Math.min(to, from + SHOWN);
    StringBuilder shown = new StringBuilder(SHOWN + 5).append('\'');
    for (int i = from; i < shownEnd; i++) {
      byte b = target[i];
      shown.append(b >= ' ' && b < 0x7f ? (char) b : '?');
    }
    return shown.append(shownEnd < to ? "...'" : "'").toString();
  }
}
