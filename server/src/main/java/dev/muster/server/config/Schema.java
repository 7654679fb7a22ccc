package dev.muster.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The keys that {@link Config}'s components declare, in their order, and the way from values to
 * records and back.
 *
 * @param keys by dotted name
 */
record Schema(Map<String, KeySpec> keys) {
  static final Schema CONFIG = new Schema(keysOf(Config.class));

  private static Map<String, KeySpec> keysOf(Class<? extends Record> root) {
    Map<String, KeySpec> keys = new LinkedHashMap<>();
    for (RecordComponent table : root.getRecordComponents()) {
      for (RecordComponent component : table.getType().getRecordComponents()) {
        KeySpec spec = specOf(kebab(table.getName()) + "." + kebab(component.getName()), component);
        keys.put(spec.name(), spec);
      }
    }
    return keys;
  }

  private static KeySpec specOf(String name, RecordComponent component) {
    Class<?> type = component.getType();
    KeySpec.Shape shape =
        type == Optional.class
            ? KeySpec.Shape.OPTIONAL
            : type == List.class ? KeySpec.Shape.LIST : KeySpec.Shape.ONE;
    if (shape != KeySpec.Shape.ONE) {
      Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      type = (Class<?>) argument;
    }
    return new KeySpec(name, shape, ValueType.of(type), keyOf(component));
  }

  /** The tables, in their order, with their comments. */
  Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    for (RecordComponent table : Config.class.getRecordComponents()) {
      tables.put(kebab(table.getName()), keyOf(table).comment());
    }
    return tables;
  }

  /** The configuration with every key at its default. */
  Config defaults() {
    return build(Map.of());
  }

  /** The configuration with these values by dotted name, and defaults for the rest. */
  Config build(Map<String, Object> values) {
    return (Config) buildRecord(Config.class, "", values);
  }

  /** The values of a configuration, by dotted name, in order. */
  Map<String, Object> values(Config config) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent table : Config.class.getRecordComponents()) {
      Object record = read(table, config);
      for (RecordComponent component : table.getType().getRecordComponents()) {
        values.put(
            kebab(table.getName()) + "." + kebab(component.getName()), read(component, record));
      }
    }
    return values;
  }

  private Object buildRecord(Class<?> type, String prefix, Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = prefix + kebab(components[i].getName());
      KeySpec spec = keys.get(name);
      if (spec == null) {
        arguments[i] = buildRecord(components[i].getType(), name + ".", values);
      } else {
        Object value = values.get(name);
        arguments[i] = value != null ? value : spec.parse(spec.key().value());
      }
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record of the configuration cannot be made, type=" + type, e);
    }
  }

  private static Object read(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record of the configuration cannot be read, " + component, e);
    }
  }

  private static Key keyOf(RecordComponent component) {
    return Objects.requireNonNull(component.getAnnotation(Key.class), component.toString());
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
