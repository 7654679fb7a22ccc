package dev.muster.checks.compare;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM said of its stops ({@code -Xlog:gc,safepoint}).
 *
 * @param collections that stopped the program
 * @param longestCollection milliseconds
 * @param safepoints all stops, collections among them
 * @param longestSafepoint milliseconds, from when threads were told to stop until they went on
 */
record Stops(int collections, double longestCollection, int safepoints, double longestSafepoint) {
  private static final Pattern COLLECTION = Pattern.compile("GC\\(\\d+\\) .*Pause .* ([0-9.]+)ms");
  private static final Pattern SAFEPOINT = Pattern.compile("Safepoint .* Total: *(\\d+) ns");
  private static final double MILLI = 1e6;

  static Stops of(List<String> log) {
    List<Double> collections = numbers(log, COLLECTION);
    List<Double> safepoints = numbers(log, SAFEPOINT);
    return new Stops(
        collections.size(), largest(collections), safepoints.size(), largest(safepoints) / MILLI);
  }

  private static List<Double> numbers(List<String> log, Pattern pattern) {
    return log.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }

  private static double largest(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
