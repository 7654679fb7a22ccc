package dev.muster.client;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The peers of one membership: what all trackers said, merged; who is too old, who could not be
 * reached, who is oneself. Bounded. Not thread-safe.
 */
final class PeerBook {
  /** Peers held; beyond, the one not named for longest goes. More than a client connects to. */
  static final int MOST = 2000;

  private final Predicate<Endpoint> isSelf;
  private final Duration acceptedAge;
  private final Duration unreachableFor;

  /** The one named least recently first. */
  private final LinkedHashMap<Endpoint, Peer> peers = new LinkedHashMap<>();

  /** Who could not be reached, and until when that is remembered; the oldest first. */
  private final LinkedHashMap<Endpoint, Instant> unreachable = new LinkedHashMap<>();

  PeerBook(Predicate<Endpoint> isSelf, Duration acceptedAge, Duration unreachableFor) {
    this.isSelf = isSelf;
    this.acceptedAge = acceptedAge;
    this.unreachableFor = unreachableFor;
  }

  /** What a tracker's answer brought. */
  record News(List<Peer> added, Set<URI> alsoNamedBy, int alsoNamed) {}

  /** Enters what a tracker named. */
  News named(URI tracker, Collection<Endpoint> endpoints, Instant now) {
    prune(now);
    List<Peer> added = new ArrayList<>();
    Set<URI> others = new HashSet<>();
    int shared = 0;
    for (Endpoint endpoint : endpoints) {
      if (!isWelcome(endpoint)) {
        continue;
      }
      Peer known = peers.remove(endpoint);
      Set<URI> trackers = new HashSet<>(known == null ? Set.of() : known.trackers());
      if (!trackers.contains(tracker)) {
        List<URI> strangers =
            trackers.stream().filter(other -> !isSameHost(other, tracker)).toList();
        shared += strangers.isEmpty() ? 0 : 1;
        others.addAll(strangers);
      }
      trackers.add(tracker);
      Peer peer = new Peer(endpoint, now, trackers, Peer.Origin.TRACKER);
      enter(peer);
      if (known == null) {
        added.add(peer);
      }
    }
    return new News(added, others, shared);
  }

  /** Two doors of one house do not vouch for each other. */
  private static boolean isSameHost(URI one, URI other) {
    return Objects.equals(one.getHost(), other.getHost());
  }

  /** Enters peers from elsewhere; those that are new. */
  List<Peer> add(Collection<Peer> others, Instant now) {
    prune(now);
    List<Peer> added = new ArrayList<>();
    for (Peer peer : others) {
      if (isWelcome(peer.endpoint()) && !peers.containsKey(peer.endpoint())) {
        enter(peer);
        added.add(peer);
      }
    }
    return added;
  }

  private void enter(Peer peer) {
    if (peers.size() >= MOST) {
      peers.pollFirstEntry();
    }
    peers.put(peer.endpoint(), peer);
  }

  private boolean isWelcome(Endpoint endpoint) {
    return endpoint.port() != 0
        && !isNobody(endpoint.address())
        && !isSelf.test(endpoint)
        && !unreachable.containsKey(endpoint);
  }

  /** Nowhere, multicast, broadcast: no peer listens there. */
  private static boolean isNobody(Address address) {
    return address.isUnspecified()
        || switch (address) {
          case Address.Ipv4 ipv4 -> ipv4.bits() >>> 28 >= 0xe;
          case Address.Ipv6 ipv6 -> ipv6.high() >>> 56 == 0xff;
        };
  }

  /** Notes that nobody was there. What was known of it. */
  Optional<Peer> unreachable(Endpoint endpoint, Instant now) {
    if (unreachable.size() >= MOST) {
      unreachable.pollFirstEntry();
    }
    unreachable.remove(endpoint);
    unreachable.put(endpoint, now.plus(unreachableFor));
    return Optional.ofNullable(peers.remove(endpoint));
  }

  /** What is known of it; after it was reached it is no more unreachable. */
  Optional<Peer> reached(Endpoint endpoint) {
    unreachable.remove(endpoint);
    return Optional.ofNullable(peers.get(endpoint));
  }

  /** Those that are fresh enough, the freshest first. */
  List<Peer> fresh(Instant now) {
    prune(now);
    return peers.values().stream().sorted(Comparator.comparing(Peer::lastSeen).reversed()).toList();
  }

  boolean isEmpty() {
    return peers.isEmpty();
  }

  /** Forgets all peers. */
  void clear() {
    peers.clear();
  }

  private void prune(Instant now) {
    unreachable.values().removeIf(until -> !now.isBefore(until));
    Instant oldest = oldest(now);
    peers
        .values()
        .removeIf(peer ->
            peer.origin() == Peer.Origin.TRACKER && peer.lastSeen().isBefore(oldest)
                || isSelf.test(peer.endpoint())); // learnt from the tracker just now, perhaps
  }

  private Instant oldest(Instant now) {
    return acceptedAge.compareTo(Duration.between(Instant.EPOCH, now)) >= 0
        ? Instant.EPOCH
        : now.minus(acceptedAge);
  }

  /** For tests: everything held. */
  Map<Endpoint, Peer> all() {
    return Map.copyOf(peers);
  }
}
