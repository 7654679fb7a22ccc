package dev.muster.server.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link LatencyHistogram} had counted at one instant, or between two.
 *
 * @param counts durations of each bucket, {@link LatencyHistogram#BUCKETS} of them
 * @param sumNanos their sum, in ns
 */
record Latencies(List<Long> counts, long sumNanos) {
  Latencies {
    counts = List.copyOf(counts);
  }

  static Latencies of(LatencyHistogram histogram) {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < LatencyHistogram.BUCKETS; i++) {
      counts.add(histogram.count(i));
    }
    return new Latencies(counts, histogram.sumNanos());
  }

  /** How many durations. */
  long count() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  Latencies plus(Latencies other) {
    return combine(other, 1);
  }

  /** What has been added since an earlier reading of the same histogram. */
  Latencies minus(Latencies earlier) {
    return combine(earlier, -1);
  }

  private Latencies combine(Latencies other, int sign) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      sums.add(counts.get(i) + sign * other.counts.get(i));
    }
    return new Latencies(sums, sumNanos + sign * other.sumNanos);
  }

  /**
   * An estimate of a quantile, in seconds, to the nanosecond: where it would lie if the durations
   * of each bucket were spread evenly over it. Wrong by less than a factor of two.
   *
   * @param q above 0 to 1
   * @return {@link Double#NaN} if there are no durations
   */
  double quantile(double q) {
    long count = count();
    if (count == 0) {
      return Double.NaN;
    }
    double rank = q * count;
    double below = 0;
    int bucket = 0;
    while (below + counts.get(bucket) < rank) {
      below += counts.get(bucket++);
    }
    double low = bucket == 0 ? 0 : LatencyHistogram.upperBoundNanos(bucket - 1);
    // the last bucket has no end; it is taken to be as wide as the doubling would make it
    double high = bucket == 0 ? LatencyHistogram.upperBoundNanos(0) : 2 * low;
    return Math.round(low + (high - low) * (rank - below) / counts.get(bucket)) / 1e9;
  }
}
