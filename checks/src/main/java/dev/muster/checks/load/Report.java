package dev.muster.checks.load;

import java.util.Locale;

/**
 * What a run found.
 *
 * @param kind of load
 * @param settings of the run
 * @param seconds the window's true length
 * @param tally of the window
 * @param used processor time of the server in the window
 * @param residentBytes of the server at its end
 */
record Report(
    String kind,
    Settings settings,
    double seconds,
    Tally tally,
    ProcessCpu used,
    long residentBytes) {

  String text() {
    long responses = tally.latency.getTotalCount();
    double each = Math.max(1, responses) * 1000.0;
    return String.format(
        Locale.ROOT,
        """
        %s, %d outstanding%s, %d hashes, %d sources, seed %d
          responses         %.0f /s   (%d in %.1f s)
          server CPU        %.2f µs a response: user %.2f, system %.2f   (%.2f cores)
          latency           p50 %.0f µs   p99 %.0f µs   p99.9 %.0f µs   max %.0f µs
          peers             %.1f a response
          errors            %d refused, %d lost
          server memory     %.0f MiB resident\
        """,
        kind,
        settings.outstanding(),
        settings.rate() == 0 ? "" : " at most, " + settings.rate() + " /s wanted",
        settings.hashes(),
        settings.sources(),
        settings.seed(),
        responses / seconds,
        responses,
        seconds,
        (used.userNanos() + used.systemNanos()) / each,
        used.userNanos() / each,
        used.systemNanos() / each,
        (used.userNanos() + used.systemNanos()) / 1e9 / seconds,
        micros(50),
        micros(99),
        micros(99.9),
        tally.latency.getMaxValue() / 1000.0,
        tally.peers / (double) Math.max(1, responses),
        tally.refused,
        tally.lost,
        residentBytes / 1048576.0);
  }

  private double micros(double percentile) {
    return tally.latency.getValueAtPercentile(percentile) / 1000.0;
  }
}
