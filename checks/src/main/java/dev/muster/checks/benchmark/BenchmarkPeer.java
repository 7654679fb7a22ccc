package dev.muster.checks.benchmark;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.announce.AnnounceEvent;
import dev.muster.protocol.announce.MemberKind;
import dev.muster.swarm.AnnounceBatch;

/**
 * A reused announce of an IPv4 peer, by the numbers of its swarm and its own; also a batch of them.
 */
public final class BenchmarkPeer implements Announce, AnnounceBatch {
  private static final int BATCH = 64;

  private final long[] swarms = new long[BATCH];
  private final int[] peers = new int[BATCH];
  private long swarm;
  private int peer;
  private boolean leaves;

  /** The next announce is this one. Every third peer is a seeder. */
  public void become(long swarm, int peer) {
    this.swarm = swarm;
    this.peer = peer;
  }

  /** From now on its announces say that it goes, or that it is there. */
  public void leave(boolean leaves) {
    this.leaves = leaves;
  }

  /** Announce {@code index} of the batch is this one. */
  public void batch(int index, long swarm, int peer) {
    swarms[index] = swarm;
    peers[index] = peer;
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
  public Announce announce(int index) {
    become(swarms[index], peers[index]);
    return this;
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
    return leaves ? AnnounceEvent.STOPPED : AnnounceEvent.NONE;
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
