package dev.muster.checks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipfTest {
  private static final int DRAWS = 200_000;

  @Test
  void aRankComesInProportionToItsInverse() {
    int[] counts = new int[1000];
    Zipf zipf = new Zipf(counts.length);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < DRAWS; i++) {
      counts[zipf.draw(random)]++;
    }
    double sum = 0;
    for (int i = 1; i <= counts.length; i++) {
      sum += 1.0 / i;
    }
    for (int rank : new int[] {0, 1, 9, 99}) {
      double expected = DRAWS / sum / (rank + 1);
      assertThat((double) counts[rank])
          .as("rank %d", rank)
          .isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }
  }

  @Test
  void oneRankIsAlwaysDrawn() {
    assertThat(new Zipf(1).draw(new SplittableRandom(7))).isZero();
  }

  @Test
  void aPopulationIsTheSameEachTime(@TempDir Path directory) throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    new Population(1000, 100).write(one);
    new Population(1000, 100).write(other);
    assertThat(one).hasSize(4000).hasSameBinaryContentAs(other);
    assertThat(Files.readAllBytes(one)).contains(1);
  }
}
