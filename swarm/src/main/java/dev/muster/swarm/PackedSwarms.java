package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

/** Placeholder until the packed store lands; keeps nothing. */
final class PackedSwarms implements Swarms {
  PackedSwarms(SwarmsConfig config) {}

  @Override
  public void touch(HashBatch batch) {}

  @Override
  public Verdict announce(Announce in, PeerSink out, long now) {
    out.counts(0, 0, 0);
    return Verdict.ACCEPTED;
  }

  @Override
  public SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
    return SwarmCounts.NONE;
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
