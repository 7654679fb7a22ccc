package dev.muster.checks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command {@code checks/bench}: puts load on a tracker and reports what it cost. */
public final class Bench {
  static final String USAGE =
      """
      checks/bench udp|http|http-oneshot [OPTION VALUE]...
      checks/bench compare [udp|http|http-oneshot] [OPTION VALUE]...    beside other trackers; compare --help
      checks/bench store [JMH OPTION]...
      checks/bench start [RUNS [COMMAND...]]   from exec to the first answer at each door; ./muster 20 times
      checks/bench memory [JVM OPTION]...
      checks/bench pauses [JVM OPTION]...

        --outstanding N   requests on the way at any time (256)
        --rate N          requests per second instead of as many as possible; latency then counts from when one was due
        --warmup S        seconds that are not counted (10)
        --seconds S       seconds that are (20)
        --hashes N        swarms to choose from, by Zipf's law (100000)
        --sources N       loopback addresses to send from, 1 to 250 (32)
        --seed N          of every choice (1)
        --target HOST:PORT --pid PID   a tracker that runs already, instead of one started for this
      """;

  /** Runs one; the first argument is the jar of the program to start. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2 || arguments.length % 2 != 0) {
      System.err.print(USAGE);
      System.exit(2);
    }
    Map<String, String> options = new HashMap<>();
    for (int i = 2; i < arguments.length; i += 2) {
      options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
    }
    String target = options.remove("target");
    String pid = options.remove("pid");
    Settings settings = settings(options);
    if (target != null && pid != null) {
      int colon = target.lastIndexOf(':');
      InetSocketAddress address =
          new InetSocketAddress(
              target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
      run(arguments[1], settings, address, Long.parseLong(pid));
      return;
    }
    String door = arguments[1].startsWith("http") ? "http" : "udp";
    try (ServedTracker tracker = ServedTracker.start(Path.of(arguments[0]), door, List.of())) {
      run(arguments[1], settings, tracker.address(), tracker.pid());
    }
  }

  private static Settings settings(Map<String, String> options) {
    try {
      return Settings.of(options);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      throw e;
    }
  }

  private static void run(String kind, Settings settings, InetSocketAddress server, long pid)
      throws IOException {
    Workload workload = new Workload(settings.hashes(), settings.seed());
    Tally tally = new Tally();
    try (Load load =
        switch (kind) {
          case "udp" -> new UdpLoad(settings, server, workload, tally);
          case "http" -> new HttpLoad(settings, server, workload, tally, true);
          case "http-oneshot" -> new HttpLoad(settings, server, workload, tally, false);
          default -> throw new IllegalArgumentException("no such load: " + kind);
        }) {
      keepUp(load, settings.warmupSeconds());
      tally.reset();
      ProcessCpu before = ProcessCpu.of(pid);
      long start = System.nanoTime();
      keepUp(load, settings.seconds());
      double seconds = (System.nanoTime() - start) / 1e9;
      ProcessCpu used = ProcessCpu.of(pid).since(before);
      System.out.println(
          new Report(kind, settings, seconds, tally, used, ProcessCpu.residentBytes(pid)).text());
    }
  }

  private static void keepUp(Load load, int seconds) throws IOException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      load.step();
    }
  }

  private Bench() {}
}
