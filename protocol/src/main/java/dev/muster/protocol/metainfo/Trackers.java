package dev.muster.protocol.metainfo;

import dev.muster.protocol.bencode.BList;
import dev.muster.protocol.bencode.BString;
import dev.muster.protocol.bencode.BValue;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How trackers stand in a torrent file (BEP 3, 12). */
final class Trackers {
  /** Fewer, and one that is down may be the only one. */
  static final int ENOUGH = 3;

  /** {@code announce} for the first, and {@code announce-list} if there are more. */
  static Map<BString, BValue> write(List<List<URI>> tiers) {
    Map<BString, BValue> entries = new LinkedHashMap<>();
    List<List<URI>> filled = tiers.stream().filter(tier -> !tier.isEmpty()).toList();
    if (!filled.isEmpty()) {
      entries.put(BString.of("announce"), BString.of(filled.get(0).get(0).toString()));
    }
    if (filled.stream().mapToInt(List::size).sum() > 1) {
      BValue[] list = filled.stream().map(Trackers::tier).toArray(BValue[]::new);
      entries.put(BString.of("announce-list"), BList.of(list));
    }
    return entries;
  }

  private static BValue tier(List<URI> tier) {
    return BList.of(tier.stream().map(url -> BString.of(url.toString())).toArray(BValue[]::new));
  }

  private Trackers() {}
}
