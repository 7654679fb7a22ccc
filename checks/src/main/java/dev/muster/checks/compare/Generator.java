package dev.muster.checks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load generator in C, compiled for this run.
 *
 * @param program it
 * @param population the file it announces
 * @param options of the run
 */
record Generator(Path program, Path population, Options options) {

  /**
   * Compiles it with the system's C compiler.
   *
   * @param sources the directory of its sources
   */
  static Path compile(Path sources, Path program) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("cc", "-O2", "-march=native", "-o", program.toString()));
    try (Stream<Path> files = Files.list(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".c")).sorted().forEach(command::add);
    }
    command.add("-lm");
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new IOException("the load generator did not compile: " + command);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted while the load generator was compiled", e);
    }
    return program;
  }

  /** Announces each peer once. */
  Counts fill(Door door, Serving tracker) throws IOException {
    return once(door, tracker, "do=fill");
  }

  /** Says for each peer that it leaves, so that code is warm and tables are empty. */
  Counts leave(Door door, Serving tracker) throws IOException {
    return once(door, tracker, "do=leave");
  }

  /**
   * @param rate requests a second, or 0 for as many as are answered
   */
  Window measure(Door door, Serving tracker, double rate) throws IOException {
    return follow(start(door, tracker, "rate=" + rate), tracker);
  }

  /** A trickle that goes on until it is destroyed. */
  Process trickle(Door door, Serving tracker, int rate) throws IOException {
    return start(door, tracker, "rate=" + rate, "warmup=1e9");
  }

  private Counts once(Door door, Serving tracker, String what) throws IOException {
    return follow(start(door, tracker, what), tracker).counts();
  }

  private Process start(Door door, Serving tracker, String... more) throws IOException {
    int outstanding = options.outstanding() > 0 ? options.outstanding() : door.outstanding;
    List<String> command = Cores.pinned(options.loadCores());
    command.addAll(
        List.of(
            program.toString(),
            door.word,
            tracker.address(),
            "population=" + population,
            "sources=" + Options.SOURCES,
            "outstanding=" + outstanding,
            "numwant=" + options.numwant(),
            "warmup=" + options.warmup(),
            "seconds=" + options.seconds()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** It says when it begins and waits for us; what the tracker used until it ends is of then on. */
  private static Window follow(Process load, Serving tracker) throws IOException {
    try (BufferedReader lines = load.inputReader(StandardCharsets.UTF_8)) {
      ProcessCpu before = ProcessCpu.of(tracker.pid());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("begin")) {
          before = ProcessCpu.of(tracker.pid());
          load.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
        } else if (line.startsWith("end ")) {
          return new Window(Counts.parse(line), ProcessCpu.of(tracker.pid()).since(before));
        }
      }
      throw new IOException("the load on " + tracker.contender().name() + " broke off");
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      load.destroy();
    }
  }
}
