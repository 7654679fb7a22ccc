package dev.muster.server.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One key, as its component of {@link Config} declares it.
 *
 * @param name the dotted name: {@code udp.receive-buffer}
 * @param shape whether the value may be absent or several
 * @param type of the value, or of each
 * @param key what is declared
 */
record KeySpec(String name, Shape shape, ValueType<?> type, Key key) {
  enum Shape {
    ONE,
    OPTIONAL,
    LIST
  }

  /** The name within its table. */
  String shortName() {
    return name.substring(name.indexOf('.') + 1);
  }

  /**
   * The value with this text, as after {@code --set key=}; the parts of a list stand between
   * commas.
   *
   * @throws IllegalArgumentException with what is wrong and what would be right
   */
  Object parse(String text) {
    return switch (shape) {
      case ONE -> parseOne(text);
      case OPTIONAL ->
          text.isEmpty() || text.equals(key.none())
              ? Optional.empty()
              : Optional.of(parseOne(text));
      case LIST ->
          text.isBlank() || text.equals(key.none())
              ? List.of()
              : parseAll(Arrays.asList(text.split(",")));
    };
  }

  /** The value with these parts, for a list. */
  List<Object> parseAll(List<String> parts) {
    List<Object> values = new ArrayList<>();
    for (String part : parts) {
      values.add(parseOne(part.strip()));
    }
    return List.copyOf(values);
  }

  /** One value, in range. */
  Object parseOne(String text) {
    Object value;
    try {
      value = type.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    if (!key.min().isEmpty() && compare(value, key.min()) < 0
        || !key.max().isEmpty() && compare(value, key.max()) > 0) {
      throw new IllegalArgumentException(
          "`%s` is out of range: %s is not within %s".formatted(name, shown(text), range()));
    }
    return value;
  }

  /** The complaint about a value of the wrong type. */
  IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "`%s` must be %s, not %s".formatted(name, expected(), shown(text)));
  }

  /** What is right, for errors. */
  String expected() {
    String none = key.none().isEmpty() ? "" : ", or \"" + key.none() + "\"";
    return type.expected() + none;
  }

  /** The value as TOML. */
  String print(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(this::printOne).orElseGet(() -> quote(key.none()));
      case List<?> list ->
          list.stream().map(this::printOne).collect(Collectors.joining(", ", "[", "]"));
      default -> printOne(value);
    };
  }

  private String printOne(Object value) {
    String text = type.print(value);
    return type.quoted() ? quote(text) : text;
  }

  /** The range in words, empty if there is none. */
  String range() {
    if (key.min().isEmpty() && key.max().isEmpty()) {
      return "";
    }
    if (key.max().isEmpty()) {
      return key.min() + " and up";
    }
    return key.min().isEmpty() ? "up to " + key.max() : key.min() + " to " + key.max();
  }

  private String shown(String text) {
    return type == ValueType.of(Secret.class) ? "what is given" : "`" + text + "`";
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // both come from the same parser
  private int compare(Object value, String bound) {
    return ((Comparable) value).compareTo(type.parser().apply(bound));
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
