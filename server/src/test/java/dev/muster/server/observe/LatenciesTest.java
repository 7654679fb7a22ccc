package dev.muster.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void ofNothingThereIsNoQuantile() {
    assertThat(Latencies.of(new LatencyHistogram()).quantile(0.5)).isNaN();
  }

  @Test
  void aQuantileLiesWhereItWouldIfBucketsWereEvenlyFilled() {
    var histogram = new LatencyHistogram();
    histogram.record(500, 50);
    histogram.record(3000, 50);
    Latencies latencies = Latencies.of(histogram);
    assertThat(latencies.quantile(0.25)).isCloseTo(0.5e-6, within(1e-12));
    assertThat(latencies.quantile(0.5)).isCloseTo(1e-6, within(1e-12));
    assertThat(latencies.quantile(0.75)).isCloseTo(3e-6, within(1e-12));
    assertThat(latencies.quantile(1)).isCloseTo(4e-6, within(1e-12));
  }

  @Test
  void aQuantileIsWrongByLessThanAFactorOfTwo() {
    long seed = 7;
    var random = new SplittableRandom(seed);
    var histogram = new LatencyHistogram();
    long[] durations = new long[10_000];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = 1000 + (long) (1e6 * -Math.log(1 - random.nextDouble()));
      histogram.record(durations[i]);
    }
    Arrays.sort(durations);
    for (double q : new double[] {0.5, 0.9, 0.99, 0.999}) {
      double exact = 1e-9 * durations[(int) Math.ceil(q * durations.length) - 1];
      assertThat(Latencies.of(histogram).quantile(q))
          .as("seed %d, quantile %s", seed, q)
          .isBetween(exact / 2, exact * 2);
    }
  }

  @Test
  void longerThanTheLastBoundIsSaidToBeLong() {
    var histogram = new LatencyHistogram();
    histogram.record(Long.MAX_VALUE);
    assertThat(Latencies.of(histogram).quantile(0.5)).isBetween(16.7, 33.6);
  }

  @Test
  void whatCameSinceIsTheDifference() {
    var histogram = new LatencyHistogram();
    histogram.record(500, 3);
    Latencies earlier = Latencies.of(histogram);
    histogram.record(3000, 2);
    Latencies since = Latencies.of(histogram).minus(earlier);
    assertThat(since.count()).isEqualTo(2);
    assertThat(since.sumNanos()).isEqualTo(6000);
    assertThat(since.plus(earlier)).isEqualTo(Latencies.of(histogram));
  }
}
