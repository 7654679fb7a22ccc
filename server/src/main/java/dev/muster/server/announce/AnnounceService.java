package dev.muster.server.announce;

import dev.muster.protocol.announce.Announce;
import dev.muster.protocol.id.Address;
import dev.muster.swarm.AnnounceBatch;
import dev.muster.swarm.SwarmCounts;
import dev.muster.swarm.Swarms;
import dev.muster.swarm.Verdict;
import java.util.SplittableRandom;

/**
 * Admits announces by the operator's policy and answers them from the swarms, for every door alike.
 * Thread-safe.
 *
 * <p>What a request must satisfy to be understood at all (lengths, ranges) its decoder has checked;
 * what is decided here is how many peers it is given, which it may see, and when it should come
 * back.
 */
public final class AnnounceService {
  private final Swarms swarms;
  private volatile AnnouncePolicy policy;

  public AnnounceService(Swarms swarms, AnnouncePolicy policy) {
    this.swarms = swarms;
    this.policy = policy;
  }

  /** From now on this policy holds. */
  public void apply(AnnouncePolicy policy) {
    this.policy = policy;
  }

  /** The policy that holds now. */
  public AnnouncePolicy policy() {
    return policy;
  }

  /** See {@link Swarms#touch}. */
  public void touch(AnnounceBatch batch) {
    swarms.touch(batch);
  }

  /**
   * Answers an announce: files the peer and fills the reply. When the verdict is a refusal, the
   * reply holds the interval after which to try again, and no peers.
   *
   * @param in the announce; its address is where the peer is, not what it claims
   * @param reply filled during the call
   * @param random the calling thread's own, for the spread of intervals
   * @param now seconds of a clock that never runs backwards
   */
  public Verdict announce(Announce in, AnnounceReply reply, SplittableRandom random, long now) {
    AnnouncePolicy policy = this.policy;
    int numwant = in.numwant();
    if (numwant < 0) {
      numwant = policy.numwantDefault();
    }
    reply.admit(Math.min(numwant, policy.numwantMax()), isPrivate(in), policy);
    reply.schedule(
        Math.max(spread(policy, random), policy.minIntervalSeconds()), policy.minIntervalSeconds());
    return swarms.announce(in, reply, now);
  }

  /** The counts of one swarm, for a scrape. */
  public SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow) {
    return swarms.counts(hashHigh, hashMiddle, hashLow);
  }

  private static int spread(AnnouncePolicy policy, SplittableRandom random) {
    double part = policy.intervalJitter() * (2 * random.nextDouble() - 1);
    return (int) Math.round(policy.intervalSeconds() * (1 + part));
  }

  private static boolean isPrivate(Announce in) {
    return switch (in.kind()) {
      case IPV4 -> Address.Ipv4.isPrivate(in.ipv4());
      case IPV6 -> Address.Ipv6.isPrivate(in.ipv6High(), in.ipv6Low());
      case SESSION -> false;
    };
  }
}
