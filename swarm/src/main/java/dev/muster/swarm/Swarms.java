package dev.muster.swarm;

import dev.muster.protocol.announce.Announce;

/**
 * The swarms of a tracker: who takes part in what, since when.
 *
 * <p>A member is an endpoint, address and port, or a session and peer id; peer ids and keys of
 * address peers are not kept (anybody can forge them). A member is one from its announce until it
 * says stopped, or until a {@link #sweep} finds that it has not come back within its lifetime.
 *
 * <p>Time is given in whole seconds of a clock that never runs backwards; where it starts does not
 * matter. All methods may be called from any thread.
 */
public interface Swarms {
  /** The swarms of this process, kept in memory. */
  static Swarms inMemory(SwarmsConfig config) {
    return new PackedSwarms(config);
  }

  /**
   * Brings what a batch of announces will need close to the processor, so that they do not wait for
   * memory one by one when they are made. Takes no lock, changes nothing, decides nothing, and may
   * be left out.
   */
  void touch(AnnounceBatch batch);

  /**
   * Files the announce, then tells the sink the swarm's counts and other members for the peer to
   * meet.
   *
   * <p>The members told are a fair sample of those that could be of use: never the caller itself,
   * no seeds for one that needs no data, addresses of the families the sink takes, private
   * addresses only if it takes them, sessions if it wants them. A peer that says stopped is told
   * the counts only. When refused, nothing has changed and the sink has been told nothing but the
   * counts.
   *
   * @param in the announce; read during the call only
   * @param out where the answer goes; called during the call only, by this thread, with a lock
   *     held: it must not call back
   * @param now seconds
   */
  Verdict announce(Announce in, PeerSink out, long now);

  /**
   * The counts of one swarm; zeros if there is none.
   *
   * @param hashHigh bytes 0 to 7 of the info hash, big-endian
   * @param hashMiddle bytes 8 to 15
   * @param hashLow bytes 16 to 19
   */
  SwarmCounts counts(long hashHigh, long hashMiddle, int hashLow);

  /**
   * Takes one bounded step of forgetting: looks at about as many members as {@code budget} says and
   * removes those whose time is over, and swarms that are empty. Calls in a row come round to
   * everything.
   *
   * @param budget members to look at, 1 and up
   * @param now seconds
   * @return how much of a whole round this step did, above 0 to 1
   */
  double sweep(int budget, long now);

  /**
   * Totals of all swarms, gathered without stopping anything: each figure is right, but not all of
   * one instant.
   */
  SwarmsTotals totals();
}
