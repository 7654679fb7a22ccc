package dev.muster.server.http;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.AnnounceRequest;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Endpoint;
import dev.muster.protocol.id.InfoHash;
import dev.muster.swarm.AnnounceBatch;
import dev.muster.swarm.PeerSink;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsTotals;
import dev.muster.swarm.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plainest swarms: who announced last, and whether it lacks something. */
final class FakeSwarms implements Swarms {
  /** What every peer here says of itself: caps 19, up 9, down 11. */
  static final int METADATA = 0x139b;

  private final Map<InfoHash, Map<Endpoint, Boolean>> seeds = new HashMap<>();
  private final List<AnnounceRequest> announces = new ArrayList<>();
  private Verdict verdict = Verdict.ACCEPTED;
  private final Set<Thread> callers = new HashSet<>();
  private @Nullable Throwable fault;

  /** From now on announces meet this. */
  synchronized void say(Verdict verdict) {
    this.verdict = verdict;
  }

  /** From now on everything fails. */
  synchronized void fail() {
    fail(new IllegalStateException("broken on purpose"));
  }

  /** From now on everything fails with this, or no more if there is none. */
  synchronized void fail(@Nullable Throwable with) {
    fault = with;
  }

  synchronized List<AnnounceRequest> announces() {
    return List.copyOf(announces);
  }

  /** The threads that announces came on. */
  synchronized Set<Thread> callers() {
    return Set.copyOf(callers);
  }

  synchronized AnnounceRequest last() {
    return announces.getLast();
  }

  /** Files a peer directly. */
  synchronized void add(InfoHash hash, Endpoint peer, boolean seed) {
    seeds.computeIfAbsent(hash, h -> new LinkedHashMap<>()).put(peer, seed);
  }

  @Override
  public void touch(AnnounceBatch batch) {}

  @Override
  public synchronized Verdict announce(Announce in, PeerSink out, long now) {
    switch (fault) {
      case null -> {}
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
    callers.add(Thread.currentThread());
    if (announces.size() < 10_000) {
      announces.add((AnnounceRequest) in);
    }
    if (verdict != Verdict.ACCEPTED) {
      out.counts(0, 0, 0);
      return verdict;
    }
    InfoHash hash = new InfoHash(in.hashHigh(), in.hashMiddle(), in.hashLow());
    Address address =
        in.kind() == MemberKind.IPV4
            ? new Address.Ipv4(in.ipv4())
            : new Address.Ipv6(in.ipv6High(), in.ipv6Low());
    Endpoint self = new Endpoint(address, in.port());
    if (in.event() == AnnounceEvent.STOPPED) {
      seeds.getOrDefault(hash, new HashMap<>()).remove(self);
    } else {
      add(hash, self, in.left() == 0);
    }
    SwarmCounts counts = counts(in.hashHigh(), in.hashMiddle(), in.hashLow());
    out.counts(counts.seeders(), counts.leechers(), counts.downloaded());
    int wanted = out.wanted();
    for (Endpoint peer : seeds.getOrDefault(hash, Map.of()).keySet()) {
      if (!peer.equals(self) && wanted > 0) {
        wanted--;
        tell(out, peer);
      }
    }
    return Verdict.ACCEPTED;
  }

  private static void tell(PeerSink out, Endpoint peer) {
    boolean contact = out.wantsContacts();
    switch (peer.address()) {
      case Address.Ipv4 ipv4 when contact -> out.ipv4(ipv4.bits(), peer.port(), 40, METADATA);
      case Address.Ipv6 ipv6 when contact ->
          out.ipv6(ipv6.high(), ipv6.low(), peer.port(), 40, METADATA);
      case Address.Ipv4 ipv4 -> out.ipv4(ipv4.bits(), peer.port());
      case Address.Ipv6 ipv6 -> out.ipv6(ipv6.high(), ipv6.low(), peer.port());
    }
  }

  @Override
  public synchronized SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
    Map<Endpoint, Boolean> members =
        seeds.getOrDefault(new InfoHash(hashHigh, hashMiddle, hashLow), Map.of());
    int seeders = (int) members.values().stream().filter(seed -> seed).count();
    return new SwarmCounts(seeders, members.size() - seeders, 0, 7 * Math.min(1, members.size()));
  }

  @Override
  public double sweep(int budget, long now) {
    return 1;
  }

  @Override
  public SwarmsTotals totals() {
    return new SwarmsTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
