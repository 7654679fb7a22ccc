package dev.muster.checks.compare;

import dev.muster.checks.compare.Contender.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code checks/bench pauses}: the longest answers while ten million peers are
 * announced to the whole program over UDP and expire, beside those of a bare echo at the same
 * moments, and what the JVM says of its own stops.
 *
 * <p>The program and the echo share a core, the generator has another ({@code probe.c} tells what
 * it does). Peers come at a steady rate that leaves the program time to spare, since waiting in an
 * overloaded queue is no pause.
 */
public final class Pauses {
  static final String USAGE = "checks/bench pauses [--peers N] [--rate N] [JVM OPTION]...\n";

  private static final int SOURCES = 200;
  private static final int OUTSTANDING = 20 * SOURCES;

  private static final int WARM_PEERS = 300_000;
  private static final int WARM_UPS = 3;

  /** So short that all come, and then all go, within minutes. */
  private static final List<String> SHORT_LIVES =
      List.of("swarms.peer-lifetime=96s", "announce.interval=30s", "announce.min-interval=15s");

  /** One of so many peers stays (STAY in load.h); a few more are on their way out yet. */
  private static final int LEFT_OF = 90;

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final Pattern PEERS = Pattern.compile("\"peers\":\\{\"total\":(\\d+)");

  private final Path root;
  private final PauseOptions options;
  private final Path log;

  private Pauses(Path root, PauseOptions options, Path log) {
    this.root = root;
    this.options = options;
    this.log = log;
  }

  /** The first argument is the repository's root. */
  public static void main(String[] arguments) throws IOException {
    PauseOptions options;
    try {
      options = PauseOptions.of(Arrays.asList(arguments).subList(1, arguments.length));
    } catch (IllegalArgumentException e) {
      System.err.print("bench: " + e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    Path root = Path.of(arguments[0]);
    new Pauses(root, options, root.resolve("checks/target/pauses.log")).run();
  }

  private void run() throws IOException {
    Path program =
        Generator.compile(root.resolve("checks/src/main/c"), root.resolve("checks/target/load"));
    Path population = Files.createTempFile("muster-pauses", ".population");
    try (Serving muster =
            start(new Contender("muster", Kind.MUSTER, EnumSet.of(Door.UDP), this::muster));
        Serving echo =
            start(
                new Contender(
                    "echo",
                    Kind.FLOOR,
                    EnumSet.of(Door.UDP),
                    setting ->
                        Optional.of(List.of(program.toString(), "echo", at(setting.port())))))) {
      warmUp(program, population, muster);
      new Population(options.peers(), options.peers() / 10).write(population);
      follow(load(program, population, muster, echo), muster);
      Stops stops = Stops.of(Files.readAllLines(log));
      System.out.printf(
          Locale.ROOT,
          "%nthe JVM's own word (-Xlog:gc,safepoint): %d collections, longest %.1f ms; %d safepoints, longest %.1f ms; %s%n",
          stops.collections(),
          stops.longestCollection(),
          stops.safepoints(),
          stops.longestSafepoint(),
          log);
    } finally {
      Files.delete(population);
    }
  }

  /** Peers come and leave, until the code they need is compiled: to wait for that is no pause. */
  private static void warmUp(Path program, Path population, Serving muster) throws IOException {
    new Population(WARM_PEERS, WARM_PEERS / 10).write(population);
    Generator generator = new Generator(program, population, Options.of(List.of("udp"), Map.of()));
    for (int i = 0; i < WARM_UPS; i++) {
      generator.fill(Door.UDP, muster);
      generator.leave(Door.UDP, muster);
    }
  }

  private Serving start(Contender contender) throws IOException {
    Options setup = Options.of(List.of("udp"), Map.of());
    return Serving.start(contender, Door.UDP, setup, root).orElseThrow();
  }

  private static String at(int port) {
    return "127.0.0.1:" + port;
  }

  private Optional<List<String>> muster(Setting setting) {
    List<String> words = new ArrayList<>();
    words.addAll(
        List.of(
            "env",
            "MUSTER_JAVA_OPTS=-Xlog:gc,safepoint:file="
                + log
                + " "
                + String.join(" ", options.jvm()),
            root.resolve("muster").toString(),
            "serve"));
    words.addAll(List.of("--udp", at(setting.port()), "--http", at(0)));
    words.addAll(List.of("--admin", at(setting.httpPort())));
    words.addAll(List.of("--set", "state.directory=" + setting.scratch()));
    words.addAll(List.of("--set", "udp.threads=1"));
    SHORT_LIVES.forEach(life -> words.addAll(List.of("--set", life)));
    return Optional.of(words);
  }

  private Process load(Path program, Path population, Serving muster, Serving echo)
      throws IOException {
    List<String> command = Cores.pinned("1");
    command.addAll(
        List.of(
            program.toString(),
            "udp",
            muster.address(),
            "echo=" + echo.address(),
            "do=pauses",
            "population=" + population,
            "sources=" + SOURCES,
            "outstanding=" + OUTSTANDING,
            "rate=" + options.rate()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Until the peers have come, then until they have gone. */
  private void follow(Process load, Serving muster) throws IOException {
    try (BufferedReader lines = load.inputReader(StandardCharsets.UTF_8)) {
      System.out.println(PausePhase.HEADING);
      phase(lines, "announced", muster);
      awaitGoing(muster);
      load.outputWriter(StandardCharsets.UTF_8).append("end\n").flush();
      phase(lines, "expired", muster);
    } finally {
      load.destroy();
    }
  }

  private static void phase(BufferedReader lines, String what, Serving muster) throws IOException {
    String line = lines.readLine();
    if (line == null || !line.startsWith("phase ")) {
      throw new IOException("the load broke off: " + line);
    }
    System.out.println(
        PausePhase.parse(line)
            .row(what, peers(muster), muster.residentBytes() / (double) (1 << 20)));
  }

  private void awaitGoing(Serving muster) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (peers(muster) > options.peers() / LEFT_OF) {
      if (System.nanoTime() > end) {
        throw new IOException("peers do not expire, " + peers(muster) + " left");
      }
      try {
        TimeUnit.SECONDS.sleep(2);
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }

  /** How many it has, by its own word. */
  private static long peers(Serving muster) throws IOException {
    Serving operator = muster.besides();
    int port = Integer.parseInt(operator.address().substring(operator.address().indexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              "GET /stats.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher peers = PEERS.matcher(answer.replaceAll("\\s", ""));
      if (!peers.find()) {
        throw new IOException("no peers in the operator's answer: " + answer);
      }
      return Long.parseLong(peers.group(1));
    }
  }
}
