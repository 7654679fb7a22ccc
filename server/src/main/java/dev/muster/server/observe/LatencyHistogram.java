package dev.muster.server.observe;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in buckets that double from 1 µs to about 17 s. May be called from any thread.
 *
 * <p>Each bucket is a {@link LongAdder}: several door threads put most of their durations into the
 * same two or three buckets, and on plain counters would take the cache line from one another at
 * every request. Recording is two additions and allocates nothing, but for the few cells that an
 * adder grows when threads first meet on it.
 */
public final class LatencyHistogram {
  /**
   * Bucket {@code i} holds durations up to {@code 1000 << i} ns; the last one holds all that are
   * longer.
   */
  public static final int BUCKETS = 26;

  private final LongAdder[] counts = new LongAdder[BUCKETS];
  private final LongAdder nanos = new LongAdder();

  /** Empty. */
  public LatencyHistogram() {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts one duration, in ns; a negative one counts as zero. */
  public void record(long duration) {
    record(duration, 1);
  }

  /**
   * Counts the same duration for several requests, such as those of one batch.
   *
   * @param duration ns; a negative one counts as zero
   * @param times how many requests took so long, 0 and up
   */
  public void record(long duration, int times) {
    long d = Math.max(0, duration);
    counts[bucketOf(d)].add(times);
    nanos.add(d * times);
  }

  /** How many durations fell into this bucket. */
  public long count(int bucket) {
    return counts[bucket].sum();
  }

  /** The sum of all durations, in ns. */
  public long sumNanos() {
    return nanos.sum();
  }

  /** The longest duration of a bucket, in ns; {@link Long#MAX_VALUE} for the last. */
  public static long upperBoundNanos(int bucket) {
    return bucket == BUCKETS - 1 ? Long.MAX_VALUE : 1000L << bucket;
  }

  private static int bucketOf(long nanos) {
    // rounded up to whole µs; written so that it does not overflow at Long.MAX_VALUE
    long micros = nanos / 1000 + (nanos % 1000 == 0 ? 0 : 1);
    return micros <= 1 ? 0 : Math.min(BUCKETS - 1, 64 - Long.numberOfLeadingZeros(micros - 1));
  }
}
