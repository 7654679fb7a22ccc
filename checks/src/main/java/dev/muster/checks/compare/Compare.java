package dev.muster.checks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command {@code checks/bench compare}: Muster and other trackers, side by side. */
public final class Compare {
  static final String USAGE =
      """
      checks/bench compare [udp|http|http-oneshot] [OPTION VALUE]...
      checks/bench chart RESULTS.tsv CHART.svg

        --peers DIR         where other trackers were built, see docs/performance.md (MUSTER_PEERS, or on the path)
        --only NAME,NAME    these alone: muster, muster-2 (two threads, all cores), muster-nio, opentracker, aquatic_udp,
                            aquatic_udp-uring, aquatic_http, chihaya, bittorrent-tracker, c-loop, c-echo, netty
        --rounds N          turns each has (5)
        --seconds S         of each turn (3)      --warmup S     before it (1)
        --population N      peers (1000000 over UDP, 200000 over HTTP), in a tenth as many swarms
        --outstanding N     requests on the way at any time (256 over UDP, 128 over HTTP)
        --numwant N         peers asked for (30)
        --threads N         that answer, where a tracker lets one choose (1)
        --server-cores C    for taskset, or "any" (0)         --load-cores C   (1)
        --rate N            of the second part, which measures latency (half of what the best other tracker can do)
        --beside N          HTTP announces a second that Muster answers while it is measured over UDP (0)
        --chart FILE.svg    draws the processor time a response
        --results FILE.tsv  keeps the figures; other loads' figures stay in it
      """;

  /** The first argument is the repository's root. */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
    if (words.size() == 3 && words.getFirst().equals("chart")) {
      draw(Results.read(Path.of(words.get(1))), Path.of(words.get(2)));
      return;
    }
    Options options;
    try {
      options = Options.of(words, System.getenv());
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    run(root, options);
  }

  private static void run(Path root, Options options) throws IOException {
    List<Standing> all = new ArrayList<>();
    Path program =
        Generator.compile(root.resolve("checks/src/main/c"), root.resolve("checks/target/load"));
    for (Door door : options.doors()) {
      int peers = options.population() > 0 ? options.population() : door.peers;
      Population population = new Population(peers, Math.max(1, peers / 10));
      Path file = Files.createTempFile("muster-bench", ".population");
      try {
        population.write(file);
        Generator generator = new Generator(program, file, options);
        Comparison.Outcome outcome = Comparison.run(door, options, root, generator, population);
        List<Standing> standings = outcome.standings();
        System.out.println(heading(door, options, population, standings));
        System.out.println(Table.of(outcome));
        all.addAll(standings);
        if (options.results() != null && !standings.isEmpty()) {
          Results.keep(options.results(), standings);
        }
      } finally {
        Files.delete(file);
      }
    }
    if (options.chart() != null) {
      draw(options.results() == null ? all : Results.read(options.results()), options.chart());
    }
  }

  private static String heading(
      Door door, Options options, Population population, List<Standing> standings) {
    int outstanding = options.outstanding() > 0 ? options.outstanding() : door.outstanding;
    double rate = standings.isEmpty() ? 0 : standings.getFirst().rate();
    return """
    %s: %,d peers in %,d swarms by Zipf's law, %d asked for, %d on the way from %d addresses, %d thread(s),
    server on core %s, load on core %s%s; medians of %d rounds of %s s; latencies at %,.0f requests/s
    """
        .formatted(
            door.title,
            population.peers(),
            population.swarms(),
            options.numwant(),
            outstanding,
            Options.SOURCES,
            options.threads(),
            options.serverCores(),
            options.loadCores(),
            options.beside() > 0 && door == Door.UDP
                ? ", Muster with %d HTTP announces/s beside".formatted(options.beside())
                : "",
            options.rounds(),
            options.seconds(),
            rate);
  }

  private static void draw(List<Standing> standings, Path file) throws IOException {
    Files.writeString(file, Chart.svg(standings));
  }

  private Compare() {}
}
