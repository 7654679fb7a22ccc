package dev.muster.client;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What one client learnt about one tracker, over all swarms. Whether a tracker names this peer to
 * itself says nothing (most leave it out on purpose), but its counts have to include it: one that
 * says the swarm is empty to a member of it does not do its work. A peer counts for a tracker when
 * it was reached or another tracker named it too, and against it when it could not be reached.
 */
final class Health {
  /** What the newest question weighs; some eight of them make up the picture. */
  private static final double NEWEST = 0.25;

  /** A tracker as slow as this is worth half of one that answers at once. */
  private static final double SLOW_NANOS = Duration.ofSeconds(1).toNanos();

  /** Judged peers remembered; then all counts are halved, so that a tracker can change. */
  private static final double JUDGED = 1000;

  private final URI tracker;
  private double latencyNanos = -1;
  private double reliability = 1; // until proved otherwise, so that new ones get their try
  private double vouched;
  private double refuted;
  private long answers;
  private long failures;

  Health(URI tracker) {
    this.tracker = tracker;
  }

  /**
   * @param countsUs whether its counts leave room for the one who asked
   */
  synchronized void answered(Duration took, boolean countsUs) {
    double nanos = took.toNanos();
    latencyNanos = latencyNanos < 0 ? nanos : latencyNanos + NEWEST * (nanos - latencyNanos);
    reliability += NEWEST * (1 - reliability);
    answers++;
    if (!countsUs) {
      refuted();
    }
  }

  synchronized void failed() {
    reliability -= NEWEST * reliability;
    failures++;
  }

  /** A peer that it named exists, as far as can be told. */
  synchronized void vouched() {
    vouched++;
    forget();
  }

  /** A peer that it named cannot be reached, or its count cannot be true. */
  synchronized void refuted() {
    refuted++;
    forget();
  }

  private void forget() {
    if (vouched + refuted > JUDGED) {
      vouched /= 2;
      refuted /= 2;
    }
  }

  private double honesty() {
    return (1 + vouched) / (1 + vouched + refuted);
  }

  /** 0 to 1; what has not been asked yet is taken for good and of middling speed. */
  synchronized double score() {
    double slowness = latencyNanos < 0 ? 0.5 : latencyNanos / SLOW_NANOS;
    return reliability * honesty() / (1 + slowness);
  }

  synchronized TrackerStatus status() {
    return new TrackerStatus(
        tracker,
        score(),
        latencyNanos < 0
            ? Optional.empty()
            : Optional.of(Duration.ofNanos(Math.round(latencyNanos))),
        reliability,
        honesty(),
        answers,
        failures);
  }
}
