package dev.muster.checks.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What load to make; see {@link Bench#USAGE}.
 *
 * @param outstanding requests on the way at any time, 1 to 65536
 * @param rate requests per second, or 0 for as many as {@code outstanding} allows
 * @param warmupSeconds not counted
 * @param seconds counted
 * @param hashes swarms to choose from
 * @param sources loopback addresses to send from, 1 to 250
 * @param seed of every choice
 */
record Settings(
    int outstanding, int rate, int warmupSeconds, int seconds, int hashes, int sources, long seed) {

  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "outstanding", 256,
          "rate", 0,
          "warmup", 10,
          "seconds", 20,
          "hashes", 100_000,
          "sources", 32,
          "seed", 1);

  static final Set<String> NAMES = DEFAULTS.keySet();

  /**
   * @param given values by name, without the dashes
   * @throws IllegalArgumentException if a name is unknown or a value out of range
   */
  static Settings of(Map<String, String> given) {
    Map<String, Integer> values = new HashMap<>(DEFAULTS);
    given.forEach((name, value) -> {
      if (!DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException("unknown option --" + name);
      }
      values.put(name, Integer.parseInt(value));
    });
    return new Settings(
        in(values, "outstanding", 1, 65536),
        in(values, "rate", 0, 10_000_000),
        in(values, "warmup", 0, 3600),
        in(values, "seconds", 1, 3600),
        in(values, "hashes", 1, 10_000_000),
        in(values, "sources", 1, 250),
        in(values, "seed", Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private static int in(Map<String, Integer> values, String name, int least, int most) {
    int value = values.getOrDefault(name, least);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--" + name + " must be " + least + " to " + most + ", value=" + value);
    }
    return value;
  }
}
