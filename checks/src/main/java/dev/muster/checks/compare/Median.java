package dev.muster.checks.compare;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of some numbers: of two in the middle, their mean. */
final class Median {
  /** NaN if there are none. */
  static <T> double of(Collection<T> items, ToDoubleFunction<? super T> number) {
    double[] sorted = items.stream().mapToDouble(number).sorted().toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private Median() {}
}
