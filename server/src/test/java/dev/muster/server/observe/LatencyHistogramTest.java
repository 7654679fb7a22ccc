package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyHistogramTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 0",
    "1, 0",
    "1000, 0",
    "1001, 1",
    "2000, 1",
    "2001, 2",
    "16777216000, 24",
    "16777216001, 25",
    "33554432000, 25",
    "9223372036854775807, 25",
    "-9223372036854775808, 0",
  })
  void aDurationIsCountedInTheBucketThatEndsAtOrAfterIt(long nanos, int bucket) {
    var histogram = new LatencyHistogram();
    histogram.record(nanos);
    assertThat(counts(histogram).toArray())
        .containsExactly(
            LongStream.range(0, LatencyHistogram.BUCKETS).map(i -> i == bucket ? 1 : 0).toArray());
  }

  @Test
  void everyDurationLiesBetweenTheBoundsOfItsBucket() {
    long seed = 25;
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long nanos = random.nextLong() >>> random.nextInt(1, 63);
      var histogram = new LatencyHistogram();
      histogram.record(nanos);
      int bucket = (int) LongStream.range(0, 26).filter(b -> histogram.count((int) b) > 0).sum();
      assertThat(nanos)
          .as("seed %d, bucket %d", seed, bucket)
          .isLessThanOrEqualTo(LatencyHistogram.upperBoundNanos(bucket))
          .isGreaterThan(bucket == 0 ? -1 : LatencyHistogram.upperBoundNanos(bucket - 1));
    }
  }

  @Test
  void aBatchCountsAsManyAsItHas() {
    var histogram = new LatencyHistogram();
    histogram.record(1500, 32);
    histogram.record(1500, 0);
    assertThat(histogram.count(1)).isEqualTo(32);
    assertThat(histogram.sumNanos()).isEqualTo(32 * 1500);
  }

  @Test
  void threadsThatRecordAtOnceLoseNothing() throws Exception {
    var histogram = new LatencyHistogram();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 200_000; i++) {
                  histogram.record(i % 5000);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // of each 5000: 1001 up to 1 µs, 1000 up to 2, 2000 up to 4, 999 above
    assertThat(counts(histogram).limit(4).toArray())
        .containsExactly(160_160L, 160_000L, 320_000L, 159_840L);
    assertThat(histogram.sumNanos()).isEqualTo(800_000L * 4999 / 2);
  }

  private static LongStream counts(LatencyHistogram histogram) {
    return LongStream.range(0, LatencyHistogram.BUCKETS).map(i -> histogram.count((int) i));
  }
}
