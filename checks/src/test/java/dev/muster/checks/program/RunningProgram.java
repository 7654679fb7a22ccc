package dev.muster.checks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code muster.jar} in a process of its own, its state in a directory of its own. */
final class RunningProgram implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60); // a busy machine
  private static final Path JAR = Path.of("../cli/target/dist/muster.jar");

  private final Process process;
  private final Path out;
  private final Path err;

  private RunningProgram(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static RunningProgram start(Path directory, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-jar", JAR.toAbsolutePath().normalize().toString()));
    command.addAll(List.of(arguments));
    return start(directory, command, Map.of());
  }

  /** A command with the state's directory here and this environment beside this process's own. */
  static RunningProgram start(Path directory, List<String> command, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
    builder.environment().putAll(environment);
    return new RunningProgram(builder.start(), out, err);
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  List<String> err() throws IOException {
    return Files.readAllLines(err);
  }

  /** What follows this word at the start of a line of the output, once there is one. */
  String printed(String word) throws IOException, InterruptedException {
    Pattern line = Pattern.compile("^ *" + word + " +(\\S.*)$", Pattern.MULTILINE);
    Instant deadline = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(deadline)) {
      Matcher found = line.matcher(out());
      if (found.find()) {
        return found.group(1);
      }
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new AssertionError("no line `%s` in:%n%s%n%s".formatted(word, out(), err()));
  }

  /** The port in this word's line, of an address or a URL. */
  int port(String word) throws IOException, InterruptedException {
    String printed = printed(word);
    Matcher port = Pattern.compile(":(\\d+)(/\\S*)?$").matcher(printed);
    if (!port.find()) {
      throw new AssertionError("no port in: " + printed);
    }
    return Integer.parseInt(port.group(1));
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
