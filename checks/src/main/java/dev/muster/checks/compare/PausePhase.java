package dev.muster.checks.compare;

import java.util.Locale;
import java.util.Map;

/**
 * What probes found in a phase, of the tracker and of the echo.
 *
 * @param seconds it took
 * @param tracker its answers
 * @param echo its answers
 */
record PausePhase(double seconds, Answers tracker, Answers echo) {
  static final String HEADING =
      """
      | 10 ms is the mark | peers then | s | probes, lost | p50 | p99.99 | longest, at | echo's p99.99 | echo's longest, at | longest above the echo's | resident MiB |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\
      """;

  private static final double MILLI = 1e6;

  /**
   * Of one of the two; times in nanoseconds.
   *
   * @param count of answers
   * @param lost probes
   * @param longestAt seconds of the run
   */
  record Answers(long count, long lost, long p50, long p9999, long longest, double longestAt) {
    private static Answers of(Map<String, String> values, String name) {
      return new Answers(
          Counts.number(values, name + "_answered"),
          Counts.number(values, name + "_lost"),
          Counts.number(values, name + "_p50"),
          Counts.number(values, name + "_p9999"),
          Counts.number(values, name + "_longest"),
          Double.parseDouble(values.getOrDefault(name + "_longest_at", "0")));
    }
  }

  /** From the generator's line: {@code phase NAME=VALUE ...}. */
  static PausePhase parse(String line) {
    Map<String, String> values = Counts.values(line);
    return new PausePhase(
        Double.parseDouble(values.getOrDefault("seconds", "0")),
        Answers.of(values, "tracker"),
        Answers.of(values, "echo"));
  }

  /** A line of the table; times in milliseconds. */
  String row(String what, long peers, double residentMebibytes) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %.0f | %,d, %d | %.2f | %.2f | %.2f, %.1f s | %.2f | %.2f, %.1f s | %.2f | %.0f |",
        what,
        peers,
        seconds,
        tracker.count,
        tracker.lost,
        tracker.p50 / MILLI,
        tracker.p9999 / MILLI,
        tracker.longest / MILLI,
        tracker.longestAt,
        echo.p9999 / MILLI,
        echo.longest / MILLI,
        echo.longestAt,
        (tracker.longest - echo.longest) / MILLI,
        residentMebibytes);
  }
}
