package dev.muster.server.config;

import java.util.Map;

/** Prints a configuration as TOML, every key with its comment. */
public final class ConfigPrinter {

  /** The whole configuration; what {@link ConfigReader} reads back to an equal one. */
  public static String print(Config config) {
    Schema schema = Schema.CONFIG;
    StringBuilder toml =
        new StringBuilder("# Muster's configuration: every key with its default.\n");
    Map<String, Object> values = schema.values(config);
    for (Map.Entry<String, String> table : schema.tables().entrySet()) {
      toml.append('\n');
      comment(toml, table.getValue());
      toml.append('[').append(table.getKey()).append("]\n");
      for (KeySpec key : schema.keys().values()) {
        Object value = values.get(key.name());
        if (value != null && key.name().startsWith(table.getKey() + ".")) {
          toml.append('\n');
          comment(toml, key.key().comment());
          if (!key.range().isEmpty()) {
            comment(toml, "Range: " + key.range() + ".");
          }
          toml.append(key.shortName()).append(" = ").append(key.print(value)).append('\n');
        }
      }
    }
    return toml.toString();
  }

  private static void comment(StringBuilder toml, String comment) {
    comment.lines().forEach(line -> toml.append("# ").append(line).append('\n'));
  }

  private ConfigPrinter() {}
}
