package dev.muster.client;

import dev.muster.client.wire.AnnounceAsk;
import dev.muster.client.wire.ScrapeCounts;
import dev.muster.client.wire.TrackerAnswer;
import dev.muster.client.wire.TrackerFailure;
import dev.muster.client.wire.TrackerTransport;
import dev.muster.protocol.id.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Stands where the transports will: each tracker is of a scheme that is not spoken yet. */
final class NoTransport implements TrackerTransport {
  @Override
  public TrackerAnswer announce(URI tracker, AnnounceAsk ask, Duration limit)
      throws TrackerFailure {
    throw notYet(tracker);
  }

  @Override
  public Map<InfoHash, ScrapeCounts> scrape(URI tracker, List<InfoHash> swarms, Duration limit)
      throws TrackerFailure {
    throw notYet(tracker);
  }

  private static TrackerFailure notYet(URI tracker) {
    return new TrackerFailure(
        TrackerFailure.Kind.UNSUPPORTED, "no transport is built yet, tracker=" + tracker);
  }

  @Override
  public void close() {}
}
