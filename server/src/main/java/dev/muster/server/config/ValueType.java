package dev.muster.server.config;

import dev.muster.protocol.id.Address;
import dev.muster.protocol.id.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How one kind of value is written.
 *
 * @param expected what is right, for errors: "a duration like 30m"
 * @param quoted whether TOML writes it as a string
 * @param parser from its text; throws {@link IllegalArgumentException} (a reason, for itself only)
 * @param printer to its text
 */
record ValueType<T>(
    String expected, boolean quoted, Function<String, T> parser, Function<T, String> printer) {

  private static final Map<Class<?>, ValueType<?>> TYPES =
      Map.ofEntries(
          type(int.class, "a whole number", false, Integer::valueOf, Object::toString),
          type(double.class, "a number", false, ValueType::finite, ValueType::plain),
          type(boolean.class, "true or false", false, ValueType::truth, Object::toString),
          type(
              Duration.class,
              "a duration like \"30m\"",
              true,
              ValueType::duration,
              ValueType::text),
          type(ByteSize.class, "a size like \"256 MiB\"", true, ByteSize::parse, Object::toString),
          type(String.class, "a string", true, ValueType::nonEmpty, Object::toString),
          type(Path.class, "a path", true, Path::of, Object::toString),
          type(Secret.class, "a string", true, Secret::new, Secret::value),
          type(
              ListenAddress.class,
              "HOST:PORT, [IPv6]:PORT or :PORT",
              true,
              ListenAddress::parse,
              Object::toString),
          type(
              Network.class,
              "a network like \"10.0.0.0/8\"",
              true,
              text -> Network.parse(text).orElseThrow(IllegalArgumentException::new),
              Object::toString),
          type(
              Address.class,
              "an IP address",
              true,
              text -> Address.parse(text).orElseThrow(IllegalArgumentException::new),
              Object::toString));

  private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h|d))+");
  private static final Pattern DURATION_PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

  /** The type that writes values of this class. */
  static ValueType<?> of(Class<?> type) {
    ValueType<?> known = TYPES.get(type);
    if (known != null) {
      return known;
    }
    if (type.isEnum()) {
      return ofEnum(type.getEnumConstants());
    }
    throw new IllegalArgumentException("no way to write this type, type=" + type);
  }

  @SuppressWarnings("unchecked") // a type prints only what it has parsed
  String print(Object value) {
    return printer.apply((T) value);
  }

  private static ValueType<Object> ofEnum(Object[] constants) {
    Map<String, Object> byWord =
        Arrays.stream(constants).collect(Collectors.toMap(ValueType::word, constant -> constant));
    String expected =
        Arrays.stream(constants)
            .map(constant -> "\"" + word(constant) + "\"")
            .collect(Collectors.joining(", ", "one of ", ""));
    return new ValueType<>(
        expected,
        true,
        text -> {
          Object constant = byWord.get(text);
          if (constant == null) {
            throw new IllegalArgumentException("not one of them");
          }
          return constant;
        },
        ValueType::word);
  }

  private static String word(Object constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double finite(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not finite");
    }
    return value;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither");
    };
  }

  private static String nonEmpty(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("empty");
    }
    return text;
  }

  private static Duration duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException("no unit, or not a number");
    }
    Duration sum = Duration.ZERO;
    for (Matcher part = DURATION_PART.matcher(text); part.find(); ) {
      long n = Long.parseLong(part.group(1));
      sum =
          sum.plus(
              switch (part.group(2)) {
                case "ms" -> Duration.ofMillis(n);
                case "s" -> Duration.ofSeconds(n);
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                default -> Duration.ofDays(n);
              });
    }
    return sum;
  }

  /** In the largest unit that divides it. */
  private static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static <T> Map.Entry<Class<?>, ValueType<?>> type(
      Class<T> type,
      String expected,
      boolean quoted,
      Function<String, T> parser,
      Function<T, String> printer) {
    return Map.entry(type, new ValueType<>(expected, quoted, parser, printer));
  }
}
