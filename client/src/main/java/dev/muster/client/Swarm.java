package dev.muster.client;

import dev.muster.protocol.metainfo.Link;
import java.util.List;

/**
 * Membership in the swarm of a link, from {@link TrackerClient#join} until {@link #close}.
 * Thread-safe; no method but {@code close} waits.
 */
public interface Swarm extends AutoCloseable {
  /** What was joined. */
  Link link();

  /**
   * The peers that are fresh enough now, the freshest first: without those that could not be
   * reached and those whose check-in date is older than the client accepts.
   */
  List<Peer> peers();

  /** Tells the trackers that the download has just finished. Once; further calls do nothing. */
  void completed();

  /**
   * Asks for more peers as soon as each tracker allows, which may be at once or in minutes. For an
   * application that has run out of peers.
   */
  void wantMorePeers();

  /**
   * Reports that a peer could not be reached: it is not given again for a while, and those who
   * named it lose some trust.
   */
  void unreachable(Peer peer);

  /**
   * Reports that a peer was reached: it goes to the cache (unless the link is private), and those
   * who named it gain trust.
   */
  void reached(Peer peer);

  /** What the client thinks of the trackers of this link, best first. */
  List<TrackerStatus> trackers();

  /**
   * Leaves: tells every tracker that knows of this member, all at once, and returns when they have
   * answered or the client's bound for that is over, by default 2 s. No peer is given after that.
   * Closing twice does nothing. If the thread is interrupted, it returns at once and stays
   * interrupted.
   */
  @Override
  void close();
}
