package dev.muster.client.wire;

import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Asks trackers, each by the protocol its URI names. Thread-safe; a call blocks the (virtual)
 * thread that makes it, and ends at once when that is interrupted.
 */
public interface TrackerTransport extends AutoCloseable {
  /**
   * Announces to a tracker, over each address family that it has and we have, at once.
   *
   * @param limit how long the whole call may take
   * @throws TrackerFailure if no answer came, or none that counts
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  TrackerAnswer announce(URI tracker, AnnounceAsk ask, Duration limit)
      throws TrackerFailure, InterruptedException;

  /**
   * Asks a tracker for the counts of swarms, in as many requests as that takes.
   *
   * @param swarms as many as wanted; asked for none, the answer is empty
   * @param limit how long the whole call may take
   * @return the counts of those that the tracker spoke of; others are absent
   * @throws TrackerFailure if no answer came, or none that counts
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  Map<InfoHash, ScrapeCounts> scrape(URI tracker, List<InfoHash> swarms, Duration limit)
      throws TrackerFailure, InterruptedException;

  /** Ends all calls under way, with a {@link TrackerFailure}, and takes no more. */
  @Override
  void close();
}
