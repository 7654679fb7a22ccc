package dev.muster.protocol.metainfo;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What names content and says where its peers are introduced: a torrent file, a magnet link, or
 * another kind. Whoever has it can join.
 */
public interface Link {
  /**
   * The swarms of the content, one at least: of a hybrid torrent that of its version 1 hash, then
   * that of its version 2 hash, cut to 20 bytes (BEP 52).
   */
  List<InfoHash> swarms();

  /** What the content is called, if the link says. For people to read; it may be anything. */
  Optional<String> name();

  /**
   * The trackers, in tiers (BEP 12): the second tier is for when nobody in the first one answers.
   * Each URI has a scheme and a host; not every scheme need be one that the reader speaks. Perhaps
   * empty; no tier is.
   */
  List<List<URI>> trackers();

  /**
   * Whether peers come from these trackers only, one of them at a time, and from nowhere else (BEP
   * 27).
   */
  boolean isPrivate();

  /** Peers that the link itself names ({@code x.pe}, BEP 9); perhaps empty. */
  List<PeerAddress> peers();
}
