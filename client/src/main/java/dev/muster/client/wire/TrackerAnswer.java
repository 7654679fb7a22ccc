package dev.muster.client.wire;

import dev.muster.protocol.id.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a tracker answered, merged over both address families: one that answers is enough. What it
 * did not say is empty; what it said is within bounds.
 *
 * @param peers each once, none at port 0 or at no address; 2000 at most. This peer itself may be
 *     among them: whether it is, is for the caller to see
 * @param interval when to announce again: the longer of the two, 0 to a day; half an hour if not
 *     said
 * @param minInterval what to leave between announces at least, 0 to a day
 * @param seeders the larger of the two, 0 and up
 * @param leechers the larger of the two, 0 and up
 * @param warning for a person to read, 1000 characters at most
 * @param trackerId to be sent with the next announce to this tracker
 * @param externalAddress where the tracker saw this peer (BEP 24)
 * @param took from the call to the answer
 */
public record TrackerAnswer(
    List<Endpoint> peers,
    Duration interval,
    Optional<Duration> minInterval,
    OptionalInt seeders,
    OptionalInt leechers,
    Optional<String> warning,
    Optional<String> trackerId,
    Optional<InetAddress> externalAddress,
    Duration took) {
  public TrackerAnswer {
    peers = List.copyOf(peers);
  }
}
