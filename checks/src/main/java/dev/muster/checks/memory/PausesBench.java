package dev.muster.checks.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code checks/bench pauses}: the largest pauses while ten million peers are announced
 * and expire, under each collector, a process for each. What follows the command's name are options
 * of a JVM to be measured instead.
 */
public final class PausesBench {
  private static final String PEERS = "10000000";
  private static final String SWARMS = "1000000";
  private static final double MILLI = 1e6;

  /** What the JVM says of each stop of the world (-Xlog:safepoint). */
  private static final Pattern STOP = Pattern.compile("Safepoint .* Total: *(\\d+) ns");

  private static final Pattern COLLECTION = Pattern.compile("GC\\(\\d+\\) Pause .* ([0-9.]+)ms");

  private static final List<List<String>> JVMS =
      List.of(
          MemoryBench.JVM,
          List.of("-XX:+UseSerialGC"),
          List.of("-XX:+UseParallelGC"),
          List.of("-XX:+UseG1GC"),
          List.of("-XX:+UseShenandoahGC"),
          List.of("-XX:+UseZGC"));

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    List<List<String>> jvms = arguments.length == 0 ? JVMS : List.of(Arrays.asList(arguments));
    System.out.println(
        "| JVM | latest answer | the same, doing nothing | largest stop | collections, largest |");
    System.out.println("|---|---|---|---|---|");
    for (List<String> jvm : jvms) {
      run(jvm);
    }
  }

  private static void run(List<String> jvm) throws IOException {
    Path log = Files.createTempFile("muster-pauses", ".log");
    try {
      List<String> command = new ArrayList<>();
      command.add(ProcessHandle.current().info().command().orElse("java"));
      command.addAll(jvm);
      command.add("-Xlog:gc,safepoint:file=" + log);
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), PausedStore.class.getName()));
      command.addAll(List.of(PEERS, SWARMS));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String[] figures = line.trim().split(" ", -1);
      if (figures.length != 3) {
        throw new IOException("the process said: " + line);
      }
      List<Double> stops = matches(log, STOP);
      List<Double> collections = matches(log, COLLECTION);
      System.out.printf(
          Locale.ROOT,
          "| `%s` | %.1f ms | %.1f ms | %.1f ms | %d, %.1f ms |%n",
          String.join(" ", jvm),
          Long.parseLong(figures[0]) / MILLI,
          Long.parseLong(figures[1]) / MILLI,
          largest(stops) / MILLI,
          collections.size(),
          largest(collections));
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static List<Double> matches(Path log, Pattern pattern) throws IOException {
    List<Double> found = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        found.add(Double.parseDouble(matcher.group(1)));
      }
    }
    return found;
  }

  private static double largest(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private PausesBench() {}
}
