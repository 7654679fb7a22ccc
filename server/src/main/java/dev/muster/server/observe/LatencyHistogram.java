package dev.muster.server.observe;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in buckets that double from 1 µs to about 17 s. Recording is one atomic addition
 * and allocates nothing; may be called from any thread.
 */
public final class LatencyHistogram {
  /**
   * Bucket {@code i} holds durations up to {@code 1000 << i} ns; the last one holds all that are
   * longer.
   */
  public static final int BUCKETS = 26;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final LongAdder nanos = new LongAdder();

  /** Counts one duration; a negative one counts as zero. */
  public void record(long duration) {
    long d = Math.max(0, duration);
    counts.incrementAndGet(bucketOf(d));
    nanos.add(d);
  }

  /** How many durations fell into this bucket. */
  public long count(int bucket) {
    return counts.get(bucket);
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
    long micros = (nanos + 999) / 1000;
    return micros <= 1 ? 0 : Math.min(BUCKETS - 1, 64 - Long.numberOfLeadingZeros(micros - 1));
  }
}
