package dev.muster.checks.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Pauses} is to do.
 *
 * @param peers to come, in a tenth as many swarms
 * @param rate announces a second
 * @param jvm options beside the launcher's
 */
record PauseOptions(int peers, int rate, List<String> jvm) {
  private static final Map<String, Integer> DEFAULTS = Map.of("peers", 10_000_000, "rate", 100_000);

  /** A source has 64,512 ports, and 250 of them are all there are. */
  private static final int MOST_PEERS = 16_000_000;

  private static final int MOST_A_SECOND = 1_000_000;

  /**
   * @param words {@code --peers N} and {@code --rate N}, then the JVM's options
   * @throws IllegalArgumentException if a name is unknown or a number makes no sense
   */
  static PauseOptions of(List<String> words) {
    Map<String, Integer> given = new HashMap<>(DEFAULTS);
    int at = 0;
    for (; at < words.size() && words.get(at).startsWith("--"); at += 2) {
      String name = words.get(at).substring(2);
      if (!DEFAULTS.containsKey(name) || at + 1 == words.size()) {
        throw new IllegalArgumentException("unknown option, or without a value: --" + name);
      }
      given.put(name, Integer.parseInt(words.get(at + 1)));
    }
    return new PauseOptions(
        in(given, "peers", 100_000, MOST_PEERS),
        in(given, "rate", 1000, MOST_A_SECOND),
        List.copyOf(words.subList(at, words.size())));
  }

  private static int in(Map<String, Integer> given, String name, int least, int most) {
    int value = given.getOrDefault(name, least);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "--%s must be %d to %d, value=%d".formatted(name, least, most, value));
    }
    return value;
  }
}
