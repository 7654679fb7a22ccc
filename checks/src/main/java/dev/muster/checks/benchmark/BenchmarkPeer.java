package dev.muster.checks.benchmark;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.swarm.HashBatch;

/**
 * A reused announce of IPv4 peer {@code number} in swarm {@code number}; also a batch of swarms.
 */
public final class BenchmarkPeer implements Announce, HashBatch {
  private static final int BATCH = 64;

  private final long[] swarms = new long[BATCH];
  private long swarm;
  private int peer;

  /** The next announce is this one. Every third peer is a seeder. */
  public void become(long swarm, int peer) {
    this.swarm = swarm;
    this.peer = peer;
  }

  /** Hash {@code index} of the batch is this swarm's. */
  public void batch(int index, long swarm) {
    swarms[index] = swarm;
  }

  /** The announce becomes number {@code index} of the batch. */
  public void becomeOfBatch(int index, int peer) {
    become(swarms[index], peer);
  }

  /** Spreads a small number over 64 bits (the finisher of SplitMix64). */
  private static long spread(long number) {
    long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  @Override
  public int size() {
    return BATCH;
  }

  @Override
  public long hashHigh(int index) {
    return spread(swarms[index] + 1);
  }

  @Override
  public long hashMiddle(int index) {
    return spread(~swarms[index]);
  }

  @Override
  public int hashLow(int index) {
    return (int) swarms[index];
  }

  @Override
  public long hashHigh() {
    return spread(swarm + 1);
  }

  @Override
  public long hashMiddle() {
    return spread(~swarm);
  }

  @Override
  public int hashLow() {
    return (int) swarm;
  }

  @Override
  public long peerIdHigh() {
    return peer;
  }

  @Override
  public long peerIdMiddle() {
    return peer;
  }

  @Override
  public int peerIdLow() {
    return peer;
  }

  @Override
  public MemberKind kind() {
    return MemberKind.IPV4;
  }

  @Override
  public int ipv4() {
    return 0x05000000 + peer;
  }

  @Override
  public long ipv6High() {
    return 0;
  }

  @Override
  public long ipv6Low() {
    return 0;
  }

  @Override
  public long session() {
    return 0;
  }

  @Override
  public int port() {
    return 6881;
  }

  @Override
  public long uploaded() {
    return 0;
  }

  @Override
  public long downloaded() {
    return 0;
  }

  @Override
  public long left() {
    return peer % 3 == 0 ? 0 : 1000;
  }

  @Override
  public AnnounceEvent event() {
    return AnnounceEvent.NONE;
  }

  @Override
  public int numwant() {
    return DEFAULT_NUMWANT;
  }

  @Override
  public long key() {
    return 0;
  }
}
