package dev.muster.server.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Walks one TOML document and hands each value, with its place, to the {@link ConfigReader}. */
final class TomlSource {
  private final Schema schema;
  private final ConfigReader reader;
  private final String origin;

  TomlSource(Schema schema, ConfigReader reader, String origin) {
    this.schema = schema;
    this.reader = reader;
    this.origin = origin;
  }

  void read(String text) {
    TomlParseResult toml = Toml.parse(text);
    for (TomlParseError error : toml.errors()) {
      reader.problem(at(error.position()), String.valueOf(error.getMessage()));
    }
    if (!toml.hasErrors()) { // after one, what follows may stand in the wrong table
      table("", toml);
    }
  }

  private void table(String prefix, TomlTable table) {
    for (Map.Entry<String, Object> entry : table.entrySet()) {
      String name = prefix + entry.getKey();
      String where = at(table.inputPositionOf(List.of(entry.getKey())));
      KeySpec spec = schema.keys().get(name);
      if (spec != null) {
        value(where, spec, entry.getValue());
      } else if (!schema.tables().containsKey(name)) {
        unknown(where, name, entry.getValue());
      } else if (entry.getValue() instanceof TomlTable inner) {
        table(name + ".", inner);
      } else {
        reader.problem(where, "`" + name + "` is a table: write [" + name + "]");
      }
    }
  }

  private void unknown(String where, String name, Object value) {
    if (value instanceof TomlTable && name.indexOf('.') < 0) {
      String nearest =
          NearestName.of(name, schema.tables().keySet())
              .map(table -> "; did you mean `" + table + "`?")
              .orElse("; `muster config` prints all tables");
      reader.problem(where, "unknown table `" + name + "`" + nearest);
    } else {
      reader.unknown(where, name);
    }
  }

  private void value(String where, KeySpec spec, Object value) {
    if (value instanceof TomlArray array && spec.shape() == KeySpec.Shape.LIST) {
      List<Object> parts = array.toList();
      reader.put(
          where, spec, () -> spec.parseAll(parts.stream().map(v -> scalar(spec, v)).toList()));
    } else {
      reader.put(where, spec, () -> spec.parse(scalar(spec, value)));
    }
  }

  /** The text of a value that is written as its type demands. */
  private static String scalar(KeySpec spec, Object value) {
    boolean fits =
        spec.type().quoted()
            ? value instanceof String
            : value instanceof Long || value instanceof Double || value instanceof Boolean;
    if (!fits) {
      throw spec.wrong(shown(value));
    }
    return value.toString();
  }

  private static String shown(Object value) {
    return switch (value) {
      case String text -> '"' + text + '"';
      case TomlTable _ -> "a table";
      case TomlArray _ -> "a list";
      default -> value.toString();
    };
  }

  private String at(@Nullable TomlPosition position) {
    return position == null ? origin : origin + ":" + position.line();
  }
}
