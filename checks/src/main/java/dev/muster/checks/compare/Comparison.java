package dev.muster.checks.compare;

import dev.muster.checks.compare.Contender.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One load on everybody: the same peers for all, then rounds in which each has its turn. */
final class Comparison {
  private final Door door;
  private final Options options;
  private final Generator generator;
  private final Population population;
  private final List<Serving> field = new ArrayList<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<String, Double> bytesPerPeer = new HashMap<>();
  private final Map<String, Long> residentBytes = new LinkedHashMap<>();
  private final Map<String, List<Window>> full = new HashMap<>();
  private final Map<String, List<Window>> paced = new HashMap<>();

  private Comparison(Door door, Options options, Generator generator, Population population) {
    this.door = door;
    this.options = options;
    this.generator = generator;
    this.population = population;
  }

  /**
   * What came of it.
   *
   * @param standings of who was there
   * @param residentBytes of each whole process in the end, by name
   * @param absent who was not there, and why
   */
  record Outcome(
      List<Standing> standings, Map<String, Long> residentBytes, Map<String, String> absent) {}

  /** Runs it. */
  static Outcome run(
      Door door, Options options, Path root, Generator generator, Population population)
      throws IOException {
    Comparison comparison = new Comparison(door, options, generator, population);
    try {
      comparison.startAll(root);
      comparison.round(0, 0); // does not count: compilers are at work yet
      comparison.measure(0, comparison.full);
      double rate = comparison.rate();
      if (rate > 0) {
        comparison.measure(rate, comparison.paced);
      }
      for (Serving serving : comparison.field) {
        comparison.residentBytes.put(serving.contender().name(), serving.residentBytes());
      }
      return new Outcome(comparison.standings(rate), comparison.residentBytes, comparison.absent);
    } finally {
      comparison.field.forEach(Serving::close);
    }
  }

  private void startAll(Path root) throws IOException {
    for (Contender contender : Contenders.all()) {
      boolean wanted =
          options.only().isEmpty()
              ? contender.kind() != Kind.VARIANT
              : options.only().contains(contender.name());
      if (!wanted || !contender.doors().contains(door)) {
        continue;
      }
      try {
        Optional<Serving> serving = Serving.start(contender, door, options, root);
        if (serving.isEmpty()) {
          absent.put(contender.name(), "not found");
          continue;
        }
        field.add(serving.get());
        prepare(serving.get());
      } catch (IOException e) {
        absent.put(contender.name(), String.valueOf(e.getMessage()));
        field.removeIf(serving -> closes(serving, contender));
      }
    }
  }

  private static boolean closes(Serving serving, Contender contender) {
    boolean same = serving.contender().equals(contender);
    if (same) {
      serving.close();
    }
    return same;
  }

  /** Warms it up with empty tables, then fills them: what it grows by, the peers take. */
  private void prepare(Serving serving) throws IOException {
    progress("%s: filling %s", door.word, serving.contender().name());
    generator.leave(door, serving);
    long empty = serving.residentBytes();
    generator.fill(door, serving);
    bytesPerPeer.put(
        serving.contender().name(),
        (serving.residentBytes() - empty) / (double) population.peers());
  }

  private void measure(double rate, Map<String, List<Window>> windows) throws IOException {
    for (int round = 1; round <= options.rounds(); round++) {
      round(round, rate)
          .forEach((name, window) ->
              windows.computeIfAbsent(name, any -> new ArrayList<>()).add(window));
    }
  }

  /** Every other round goes backwards, so that nobody always comes after the same other. */
  private Map<String, Window> round(int round, double rate) throws IOException {
    progress("%s%s: round %d of %d", door.word, rate > 0 ? " paced" : "", round, options.rounds());
    Map<String, Window> windows = new HashMap<>();
    for (Serving serving : round % 2 == 1 ? field : field.reversed()) {
      windows.put(serving.contender().name(), window(serving, rate));
    }
    return windows;
  }

  private Window window(Serving serving, double rate) throws IOException {
    boolean beside =
        options.beside() > 0
            && door == Door.UDP
            && serving.contender().kind() != Kind.TRACKER
            && serving.contender().kind() != Kind.FLOOR;
    if (!beside) {
      return generator.measure(door, serving, rate);
    }
    Process trickle = generator.trickle(Door.HTTP, serving.besides(), options.beside());
    try {
      return generator.measure(door, serving, rate);
    } finally {
      trickle.destroy();
    }
  }

  /** Half of what the best of the others can do; without others, of what the first can. */
  private double rate() {
    if (options.rate() > 0 || field.isEmpty()) {
      return options.rate();
    }
    double best =
        field.stream()
            .filter(serving -> serving.contender().kind() == Kind.TRACKER)
            .mapToDouble(this::perSecond)
            .max()
            .orElseGet(() -> perSecond(field.getFirst()));
    return Math.rint(best / 2);
  }

  private double perSecond(Serving serving) {
    return Median.of(full.getOrDefault(serving.contender().name(), List.of()), Window::perSecond);
  }

  private List<Standing> standings(double rate) {
    if (field.isEmpty()) {
      return List.of();
    }
    String first = field.getFirst().contender().name();
    return field.stream()
        .map(serving -> serving.contender().name())
        .map(name ->
            Standing.of(
                door,
                name,
                full.getOrDefault(name, List.of()),
                paced.getOrDefault(name, List.of()),
                rate,
                full.getOrDefault(first, List.of()),
                paced.getOrDefault(first, List.of()),
                bytesPerPeer.getOrDefault(name, Double.NaN)))
        .toList();
  }

  private static void progress(String format, Object... values) {
    System.err.println("bench: " + format.formatted(values));
  }
}
