package dev.muster.client;

import dev.muster.protocol.id.InfoHash;
import dev.muster.protocol.metainfo.Link;
import dev.muster.protocol.metainfo.PeerAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Links as tests want them. */
record Links(List<List<URI>> trackers, boolean isPrivate, List<PeerAddress> peers) implements Link {
  static final InfoHash SWARM = new InfoHash(1, 2, 3);

  /** A public link whose trackers are all in one tier. */
  static Link of(URI... trackers) {
    return tiers(List.of(List.of(trackers)), false);
  }

  static Link tiers(List<List<URI>> tiers, boolean isPrivate) {
    return new Links(tiers, isPrivate, List.of());
  }

  @Override
  public List<InfoHash> swarms() {
    return List.of(SWARM);
  }

  @Override
  public Optional<String> name() {
    return Optional.empty();
  }
}
