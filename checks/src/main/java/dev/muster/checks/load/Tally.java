package dev.muster.checks.load;

import org.HdrHistogram.Histogram;

/** What came back. Not thread-safe. */
final class Tally {
  private static final long LONGEST_NANOS = 60_000_000_000L;

  final Histogram latency = new Histogram(LONGEST_NANOS, 3);
  long peers;
  long refused;
  long lost;

  /** An announce was answered, after so long, with so many peers. */
  void answered(long nanos, int peers) {
    latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    this.peers += peers;
  }

  /** An error came back. */
  void refused() {
    refused++;
  }

  /** Nothing came back in time, or the connection broke. */
  void lost() {
    lost++;
  }

  void reset() {
    latency.reset();
    peers = 0;
    refused = 0;
    lost = 0;
  }
}
