package dev.muster.checks.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code checks/bench memory}: bytes a peer, resident above the same process with empty
 * tables, a process for each row. What follows the command's name are options for that JVM instead
 * of those Muster is started with.
 */
public final class MemoryBench {
  /** What the launcher starts Muster with, as far as it concerns memory. */
  static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-Xmn8m",
          "-XX:PretenureSizeThreshold=64k",
          "-XX:-ResizeTLAB",
          "-XX:TLABSize=64k",
          "-XX:InitialRAMPercentage=12",
          "-XX:MaxRAMPercentage=50");

  private static final double MEBIBYTE = 1 << 20;

  private record Row(int peers, int swarms, String spread) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(1_000_000, 100_000, "even"),
          new Row(10_000_000, 1_000_000, "even"),
          new Row(1_000_000, 1, "even"),
          new Row(1_000_000, 100_000, "zipf"),
          new Row(1_000_000, 700_000, "even"));

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    List<String> jvm = arguments.length == 0 ? JVM : Arrays.asList(arguments);
    System.out.println("| peers | in swarms | resident B/peer | tables B/peer | process MiB |");
    System.out.println("|---|---|---|---|---|");
    for (Row row : ROWS) {
      long[] figures = run(jvm, row);
      System.out.printf(
          Locale.ROOT,
          "| %,d | %,d, %s | %.1f | %.1f | %.0f (empty %.0f) |%n",
          row.peers,
          row.swarms,
          row.spread,
          (figures[1] - figures[0]) / (double) figures[3],
          figures[2] / (double) figures[3],
          figures[1] / MEBIBYTE,
          figures[0] / MEBIBYTE);
    }
  }

  private static long[] run(List<String> jvm, Row row) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FilledStore.class.getName()));
    command.addAll(List.of(Integer.toString(row.peers), Integer.toString(row.swarms), row.spread));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    long[] figures = Arrays.stream(line.trim().split(" ", -1)).mapToLong(Long::parseLong).toArray();
    if (figures.length < 4) {
      throw new IOException("the process said: " + line);
    }
    return figures;
  }

  private MemoryBench() {}
}
