package dev.muster.checks.compare;

import java.util.HashMap;
import java.util.Map;

/**
 * What the generator counted.
 *
 * @param seconds it took
 * @param answered announces
 * @param peers in those answers
 * @param refused announces
 * @param lost announces
 * @param p50 nanoseconds
 * @param p99 nanoseconds
 * @param p999 nanoseconds
 */
record Counts(
    double seconds,
    long answered,
    long peers,
    long refused,
    long lost,
    long p50,
    long p99,
    long p999) {

  /** From the generator's last line: {@code end NAME=VALUE ...}. */
  static Counts parse(String line) {
    Map<String, String> values = values(line);
    return new Counts(
        Double.parseDouble(values.getOrDefault("seconds", "0")),
        number(values, "answered"),
        number(values, "peers"),
        number(values, "refused"),
        number(values, "lost"),
        number(values, "p50"),
        number(values, "p99"),
        number(values, "p999"));
  }

  /** What a line of {@code NAME=VALUE} words holds. */
  static Map<String, String> values(String line) {
    Map<String, String> values = new HashMap<>();
    for (String word : line.split(" ", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return values;
  }

  static long number(Map<String, String> values, String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
