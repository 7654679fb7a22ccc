package dev.muster.client;

import dev.muster.protocol.id.InfoHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;

/** The swarms used last, and the peers reached last in each. */
class MemoryCache implements PeerCache {
  static final int SWARMS = 1000;
  static final int PEERS = 16;

  /** The one used least recently first; of each the peer reached last first. */
  private final LinkedHashMap<InfoHash, List<Reached>> swarms = new LinkedHashMap<>();

  @Override
  public synchronized void reached(InfoHash swarm, Reached peer) {
    List<Reached> before = swarms.remove(swarm);
    List<Reached> peers = new ArrayList<>(before == null ? List.of() : before);
    peers.removeIf(other -> other.endpoint().equals(peer.endpoint()));
    peers.add(0, peer);
    if (peers.size() > PEERS) {
      peers.remove(PEERS);
    }
    if (swarms.size() >= SWARMS) {
      swarms.pollFirstEntry();
    }
    swarms.put(swarm, peers);
  }

  @Override
  public synchronized List<Reached> peers(InfoHash swarm) {
    return List.copyOf(swarms.getOrDefault(swarm, List.of()));
  }

  /** All of it, the oldest first, so that entering it again in this order gives the same. */
  final synchronized void each(BiConsumer<InfoHash, Reached> visitor) {
    swarms.forEach((swarm, peers) -> peers.reversed().forEach(peer -> visitor.accept(swarm, peer)));
  }
}
