package dev.muster.server.observe;

import java.time.Duration;
import java.util.Locale;

/** How the page writes numbers, for people. */
final class Text {
  private static final String UNKNOWN = "–";

  private Text() {}

  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A number a second; two digits below ten, none above. */
  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.2f" : "%,.0f", perSecond);
  }

  /** {@code 99.9 %}. */
  static String percent(double part) {
    return String.format(Locale.ROOT, "%.4g", 100 * part).replaceAll("\\.?0+$", "") + " %";
  }

  /** In the binary unit that leaves at most four digits; a number below zero is not known. */
  static String bytes(long bytes) {
    if (bytes < 0) {
      return UNKNOWN;
    }
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(
        Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << 10 * power), " KMGTPE".charAt(power));
  }

  /** In µs, ms or s; NaN is not known. */
  static String latency(double seconds) {
    if (Double.isNaN(seconds)) {
      return UNKNOWN;
    }
    double micros = seconds * 1e6;
    if (micros < 1000) {
      return String.format(Locale.ROOT, "%.0f µs", micros);
    }
    return micros < 1e6
        ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
        : String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** In the two largest units. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3600 + " h " + seconds / 60 % 60 + " min"
        : seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
  }

  /** So that it means itself in HTML. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
