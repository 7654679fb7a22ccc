package dev.muster.server.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads a configuration from its sources, later ones winning: defaults, a file, overrides. Goes on
 * after a mistake, so that all are told at once. Not thread-safe.
 */
public final class ConfigReader {
  /** Keys that are no more, each with what to do instead. */
  private static final Map<String, String> RETIRED = Map.of();

  private final Schema schema = Schema.CONFIG;
  private final Map<String, String> retired;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, String> origins = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  public ConfigReader() {
    this(RETIRED);
  }

  ConfigReader(Map<String, String> retired) {
    this.retired = retired;
  }

  /** Reads this file. */
  public ConfigReader file(Path file) {
    try {
      return toml(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      problems.add(file + ": not UTF-8 text");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + reason(e));
    }
    return this;
  }

  /**
   * Reads this TOML.
   *
   * @param origin where it comes from, for errors
   */
  public ConfigReader toml(String origin, String text) {
    new TomlSource(schema, this, origin).read(text);
    return this;
  }

  /**
   * Sets one key, as {@code --set key=value} does; the parts of a list stand between commas.
   *
   * @param origin what set it, for errors
   */
  public ConfigReader set(String origin, String key, String text) {
    KeySpec spec = schema.keys().get(key);
    if (spec == null) {
      unknown(origin, key);
    } else {
      put(origin, spec, () -> spec.parse(text));
    }
    return this;
  }

  /**
   * Sets one key from an argument {@code key=value}.
   *
   * @param origin what set it, for errors
   */
  public ConfigReader set(String origin, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      problems.add(origin + ": must be key=value, not `" + assignment + "`");
      return this;
    }
    return set(
        origin, assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
  }

  /**
   * The configuration.
   *
   * @throws ConfigException if anything was wrong
   */
  public Config read() throws ConfigException {
    if (problems.isEmpty()) {
      Config config = schema.build(values);
      Coherence.check(config, this::incoherent);
      if (problems.isEmpty()) {
        return config;
      }
    }
    throw new ConfigException(problems);
  }

  /** Blames the first of these keys that was set; the defaults suit one another. */
  private void incoherent(String what, String... keys) {
    for (String key : keys) {
      String origin = origins.get(key);
      if (origin != null) {
        problem(origin, what);
        return;
      }
    }
    problems.add(what);
  }

  void problem(String where, String what) {
    problems.add(where + ": " + what);
  }

  void unknown(String where, String key) {
    String instead = retired.get(key);
    problem(
        where,
        instead != null
            ? "`" + key + "` is no more: " + instead
            : "unknown key `" + key + "`" + suggestion(key));
  }

  void put(String where, KeySpec spec, Supplier<Object> value) {
    try {
      values.put(spec.name(), value.get());
      origins.put(spec.name(), where);
    } catch (IllegalArgumentException e) {
      problem(where, String.valueOf(e.getMessage()));
    }
  }

  /** The nearest key; the same name in another table is nearer than any other spelling. */
  private String suggestion(String key) {
    String shortName = key.substring(key.lastIndexOf('.') + 1);
    return schema.keys().values().stream()
        .filter(spec -> spec.shortName().equals(shortName))
        .map(KeySpec::name)
        .reduce((one, other) ->
            NearestName.distance(key, one) <= NearestName.distance(key, other) ? one : other)
        .or(() -> NearestName.of(key, schema.keys().keySet()))
        .map(nearest -> "; did you mean `" + nearest + "`?")
        .orElse("; `muster config` prints all keys");
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      default -> {
        String message = String.valueOf(e.getMessage());
        yield message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
      }
    };
  }
}
