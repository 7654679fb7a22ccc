package dev.muster.checks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The comparison in words. */
final class Table {
  private static final List<String> COLUMNS =
      List.of(
          "",
          "responses/s",
          "CPU µs/response (user + system)",
          "Muster's CPU/its",
          "Muster's speed/its",
          "peers/response",
          "bytes/peer",
          "failed ‰",
          "p50 µs",
          "p99 µs",
          "p99.9 µs",
          "Muster's p99/its");

  /** As a table in Markdown, since that is where it goes. */
  static String of(Comparison.Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n");
    text.append("|---").repeat("|---:", COLUMNS.size() - 1).append("|\n");
    outcome.standings().forEach(standing -> text.append(row(standing)).append('\n'));
    text.append("\nResident in the end, MiB: ")
        .append(resident(outcome.residentBytes()))
        .append('\n');
    outcome
        .absent()
        .forEach((name, why) ->
            text.append("Not there: ").append(name).append(": ").append(why).append('\n'));
    return text.toString();
  }

  private static String resident(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .map(whose -> whose.getKey() + " " + whose.getValue() / (1 << 20))
        .collect(Collectors.joining(", "));
  }

  private static String row(Standing it) {
    String cpu =
        "%s (%s + %s)"
            .formatted(
                number(it.userMicros() + it.systemMicros(), 2),
                number(it.userMicros(), 2),
                number(it.systemMicros(), 2));
    return "| "
        + String.join(
            " | ",
            it.name(),
            number(it.perSecond(), 0),
            cpu,
            number(it.cpuRatio(), 2),
            number(it.speedRatio(), 2),
            number(it.peers(), 1),
            number(it.bytesPerPeer(), 1),
            number(it.failed(), 2),
            latency(it, it.p50Micros()),
            latency(it, it.p99Micros()),
            latency(it, it.p999Micros()),
            it.carries() ? number(it.p99Ratio(), 2) : "—")
        + " |";
  }

  private static String latency(Standing it, double micros) {
    return it.carries() ? number(micros, 0) : "overloaded";
  }

  private static String number(double value, int decimals) {
    return Double.isNaN(value) ? "—" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  private Table() {}
}
