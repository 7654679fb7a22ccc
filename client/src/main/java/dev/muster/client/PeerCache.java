package dev.muster.client;

import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Peers that the application reached, to find a way back into a swarm when no tracker answers.
 * Implementations are thread-safe, bounded and quick. Private links never use one (BEP 27).
 */
public interface PeerCache {
  /** How long a peer is worth a try after it was last reached. */
  Duration GOOD_FOR = Duration.ofDays(14);

  /**
   * A peer that was reached.
   *
   * @param endpoint where
   * @param when the last time
   */
  record Reached(Endpoint endpoint, Instant when) {}

  /**
   * Notes that a peer of a swarm was reached.
   *
   * @param swarm which
   * @param peer who, and when
   */
  void reached(InfoHash swarm, Reached peer);

  /**
   * Those of a swarm, the last reached first.
   *
   * @param swarm which
   * @return perhaps nobody
   */
  List<Reached> peers(InfoHash swarm);

  /** Keeps what there is; called when the client closes. */
  default void save() {}

  /** A cache that lives as long as its client: 16 peers for each of the 1,000 swarms used last. */
  static PeerCache inMemory() {
    return new MemoryCache();
  }

  /**
   * A cache of the same size that is read from a file now and written to it when the client closes.
   * A file that is missing, damaged or cannot be written costs the cache and nothing else: the log
   * says so.
   *
   * @param file where; its directory exists
   * @return a cache to be given to one client
   */
  static PeerCache inFile(Path file) {
    return new FileCache(file);
  }
}
