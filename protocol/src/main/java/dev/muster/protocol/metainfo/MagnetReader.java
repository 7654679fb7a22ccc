package dev.muster.protocol.metainfo;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads what a magnet link's parameters mean. A wrong hash makes the link useless and is an error;
 * anything else that is wrong is left out, with a remark.
 */
final class MagnetReader {
  private static final String BTIH = "urn:btih:";
  private static final String BTMH = "urn:btmh:";

  /** Of a multihash: SHA-256, 32 bytes. */
  private static final String SHA_256 = "1220";

  /** A hostile link may hold thousands of things to remark upon. */
  private static final int MOST_REMARKS = 20;

  Optional<InfoHash> v1 = Optional.empty();
  Optional<InfoHashV2> v2 = Optional.empty();
  Optional<String> name = Optional.empty();
  OptionalLong length = OptionalLong.empty();
  final Set<URI> trackers = new LinkedHashSet<>();
  final Set<URI> webSeeds = new LinkedHashSet<>();
  final Set<PeerAddress> peers = new LinkedHashSet<>();
  final List<FileRange> selected = new ArrayList<>();
  final List<String> remarks = new ArrayList<>();

  void read(List<MagnetParameter> parameters) throws LinkException {
    for (MagnetParameter parameter : parameters) {
      String value = parameter.plainValue();
      switch (parameter.about()) {
        case "xt" -> topic(value.strip());
        // Many sites write a name as a form would, with + for a space.
        case "dn" -> {
          if (name.isEmpty() && !value.isEmpty()) {
            name = Optional.of(Urls.decode(parameter.value().replace('+', ' ')));
          }
        }
        case "tr" -> url(value, trackers, "tracker");
        case "ws" -> url(value, webSeeds, "web seed");
        case "x.pe" -> peer(value);
        case "xl" -> length(value);
        case "so" -> select(value);
        default -> {} // Somebody else's, and kept.
      }
    }
    if (v1.isEmpty() && v2.isEmpty()) {
      throw new LinkException(
          "no BitTorrent hash in the magnet link; xt=urn:btih: or xt=urn:btmh: is needed");
    }
  }

  private void topic(String value) throws LinkException {
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BTIH)) {
      InfoHash hash = v1Hash(value.substring(BTIH.length()));
      if (v1.isPresent() && !v1.get().equals(hash)) {
        remark("the link names a second version 1 hash, " + hash + "; the first counts");
      }
      v1 = v1.or(() -> Optional.of(hash));
    } else if (lower.startsWith(BTMH)) {
      InfoHashV2 hash = v2Hash(lower.substring(BTMH.length()));
      if (v2.isPresent() && !v2.get().equals(hash)) {
        remark("the link names a second version 2 hash, " + hash + "; the first counts");
      }
      v2 = v2.or(() -> Optional.of(hash));
    }
  }

  private static InfoHash v1Hash(String text) throws LinkException {
    if (text.length() == 2 * InfoHash.LENGTH && isHex(text)) {
      return InfoHash.ofHex(text);
    }
    return Base32.infoHash(text)
        .orElseThrow(() ->
            new LinkException(
                "urn:btih: needs 40 hexadecimal or 32 base32 digits, not "
                    + LinkException.shown(text)));
  }

  private static InfoHashV2 v2Hash(String text) throws LinkException {
    if (text.length() != 4 + 2 * InfoHashV2.LENGTH || !text.startsWith(SHA_256) || !isHex(text)) {
      throw new LinkException(
          "urn:btmh: needs 1220 and 64 hexadecimal digits, not " + LinkException.shown(text));
    }
    return InfoHashV2.ofHex(text.substring(4));
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(HexFormat::isHexDigit);
  }

  private void remark(String what) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(what);
    }
  }

  private void url(String value, Set<URI> into, String what) {
    Urls.read(value)
        .ifPresentOrElse(
            into::add,
            () -> remark("not the URL of a " + what + ": " + LinkException.shown(value)));
  }

  private void peer(String value) {
    String text = value.strip();
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = ""; // An IPv6 address without brackets, and nobody knows where it ends.
    }
    int port = colon < 0 ? -1 : number(text.substring(colon + 1), 65535);
    boolean plain = host.chars().allMatch(c -> c > ' ' && c < 0x7f && "/?#@[]%".indexOf(c) < 0);
    if (host.isEmpty() || host.length() > 255 || port < 1 || !plain) {
      remark("not the address of a peer: " + LinkException.shown(value));
    } else {
      peers.add(new PeerAddress(host, port));
    }
  }

  private void length(String value) {
    if (!value.isEmpty() && value.length() <= 18 && value.chars().allMatch(MagnetReader::isDigit)) {
      length = OptionalLong.of(Long.parseLong(value));
    } else {
      remark("not a length in bytes: " + LinkException.shown(value));
    }
  }

  private void select(String value) {
    for (String range : value.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = number(dash < 0 ? range : range.substring(0, dash), FileRange.LARGEST);
      int last = dash < 0 ? first : number(range.substring(dash + 1), FileRange.LARGEST);
      if (first < 0 || last < first) {
        remark("not a range of files: " + LinkException.shown(range));
      } else {
        selected.add(new FileRange(first, last));
      }
    }
  }

  /** The number in these digits, -1 if it is none or above the largest. */
  private static int number(String text, int largest) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(MagnetReader::isDigit)) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value <= largest ? value : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
