package dev.muster.server.udp;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.id.InfoHash;
import dev.muster.swarm.AnnounceBatch;
import dev.muster.swarm.PeerSink;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.SwarmsTotals;
import dev.muster.swarm.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that keeps nothing and always has as many peers as are wanted; remembers the calls. */
final class FakeSwarms implements Swarms {
  static final SwarmCounts COUNTS = new SwarmCounts(3, 4, 1, 5);
  static final int PEER_PORT = 6881;

  final List<InfoHash> touched = new ArrayList<>();
  final List<InfoHash> announced = new ArrayList<>();
  final List<Integer> touchedBefore = new ArrayList<>();
  Verdict verdict = Verdict.ACCEPTED;
  @Nullable Throwable fault;
  boolean forgetful;

  @Override
  public void touch(AnnounceBatch batch) {
    if (forgetful) {
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      Announce in = batch.announce(i);
      touched.add(new InfoHash(in.hashHigh(), in.hashMiddle(), in.hashLow()));
    }
    touchedBefore.add(announced.size());
  }

  @Override
  public Verdict announce(Announce in, PeerSink out, long now) {
    switch (fault) {
      case null -> {}
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    }
    if (!forgetful) {
      announced.add(new InfoHash(in.hashHigh(), in.hashMiddle(), in.hashLow()));
    }
    out.counts(COUNTS.seeders(), COUNTS.leechers(), COUNTS.downloaded());
    if (verdict != Verdict.ACCEPTED) {
      return verdict;
    }
    for (int i = 0; i < out.wanted(); i++) {
      if (out.takesIpv4()) {
        out.ipv4(0x08000000 + i, PEER_PORT);
      } else if (out.takesIpv6()) {
        out.ipv6(0x2001_0db8_0000_0000L, i, PEER_PORT);
      }
    }
    return verdict;
  }

  @Override
  public SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
    return COUNTS;
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
