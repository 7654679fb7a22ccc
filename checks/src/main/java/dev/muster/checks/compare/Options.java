package dev.muster.checks.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to compare, and how; see {@link Compare#USAGE}.
 *
 * @param doors to compare at
 * @param only names of contenders, or empty for all
 * @param peersDirectory where other trackers were built
 * @param rounds of one window for each contender
 * @param seconds of a window
 * @param warmup seconds before each window that do not count
 * @param population peers, or 0 for the door's own number
 * @param outstanding requests on the way, or 0 for the door's own number
 * @param numwant peers asked for
 * @param threads that answer, where a tracker lets one choose
 * @param serverCores for taskset, or "any"
 * @param loadCores for taskset, or "any"
 * @param rate requests a second of the second part, or 0 for half of what the best other tracker
 *     can do
 * @param beside HTTP announces a second given to Muster while it is measured over UDP
 * @param chart where to draw, or null
 * @param results where to keep the figures, or null
 */
record Options(
    List<Door> doors,
    Set<String> only,
    @Nullable Path peersDirectory,
    int rounds,
    double seconds,
    double warmup,
    int population,
    int outstanding,
    int numwant,
    int threads,
    String serverCores,
    String loadCores,
    double rate,
    int beside,
    @Nullable Path chart,
    @Nullable Path results) {

  /** Loopback addresses the load comes from. */
  static final int SOURCES = 32;

  private static final Set<String> NAMES =
      Set.of(
          "only",
          "peers",
          "rounds",
          "seconds",
          "warmup",
          "population",
          "outstanding",
          "numwant",
          "threads",
          "server-cores",
          "load-cores",
          "rate",
          "beside",
          "chart",
          "results");

  /**
   * @param words a door or none, then names and values in turn
   * @param environment where MUSTER_PEERS may be
   * @throws IllegalArgumentException if a name is unknown or a value makes no sense
   */
  static Options of(List<String> words, Map<String, String> environment) {
    boolean named = !words.isEmpty() && !words.getFirst().startsWith("--");
    List<Door> doors =
        named
            ? List.of(
                Door.named(words.getFirst())
                    .orElseThrow(
                        () -> new IllegalArgumentException("no such load: " + words.getFirst())))
            : Door.all();
    Map<String, String> given = new HashMap<>();
    for (int i = named ? 1 : 0; i < words.size(); i += 2) {
      String name = words.get(i).replaceFirst("^--", "");
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown option " + words.get(i));
      }
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " needs a value");
      }
      given.put(name, words.get(i + 1));
    }
    String peers = given.getOrDefault("peers", environment.get("MUSTER_PEERS"));
    int outstanding = whole(given, "outstanding", 0, 0, 65_536);
    if (outstanding > 0 && outstanding < SOURCES) {
      throw new IllegalArgumentException("--outstanding must be " + SOURCES + " or more");
    }
    return new Options(
        doors,
        given.containsKey("only")
            ? Set.copyOf(Arrays.asList(given.get("only").split(",", -1)))
            : Set.of(),
        peers == null ? null : Path.of(peers),
        whole(given, "rounds", 5, 1, 1000),
        number(given, "seconds", 3, 0.1, 30),
        number(given, "warmup", 1, 0, 30),
        whole(given, "population", 0, 0, 2_000_000),
        outstanding,
        whole(given, "numwant", 30, 1, 200),
        whole(given, "threads", 1, 1, 64),
        given.getOrDefault("server-cores", "0"),
        given.getOrDefault("load-cores", "1"),
        number(given, "rate", 0, 0, 1e7),
        whole(given, "beside", 0, 0, 2000),
        path(given, "chart"),
        path(given, "results"));
  }

  private static @Nullable Path path(Map<String, String> given, String name) {
    String value = given.get(name);
    return value == null ? null : Path.of(value);
  }

  private static int whole(Map<String, String> given, String name, int none, int least, int most) {
    return (int) number(given, name, none, least, most);
  }

  private static double number(
      Map<String, String> given, String name, double none, double least, double most) {
    String value = given.get(name);
    if (value == null) {
      return none;
    }
    double number;
    try {
      number = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!(number >= least && number <= most)) {
      throw new IllegalArgumentException(
          "--%s must be %s to %s, value=%s".formatted(name, least, most, value));
    }
    return number;
  }
}
