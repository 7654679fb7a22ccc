package dev.muster.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with its unit: {@code 256 MiB}.
 *
 * @param bytes 0 and up
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([a-zA-Z]+)");
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

  static ByteSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    long unit = matcher.matches() ? unit(matcher.group(2).toLowerCase(Locale.ROOT)) : 0;
    if (unit == 0) {
      throw new IllegalArgumentException("not a size");
    }
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }

  private static long unit(String name) {
    return switch (name) {
      case "b" -> 1;
      case "kib" -> 1L << 10;
      case "mib" -> 1L << 20;
      case "gib" -> 1L << 30;
      case "tib" -> 1L << 40;
      case "kb" -> 1_000;
      case "mb" -> 1_000_000;
      case "gb" -> 1_000_000_000;
      case "tb" -> 1_000_000_000_000L;
      default -> 0;
    };
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest binary unit that divides it. */
  @Override
  public String toString() {
    int unit = bytes == 0 ? 0 : Math.min(BINARY.length - 1, Long.numberOfTrailingZeros(bytes) / 10);
    return (bytes >>> 10 * unit) + " " + BINARY[unit];
  }
}
