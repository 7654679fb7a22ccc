package dev.muster.checks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A process that belongs to one test: it lives in a directory of its own, writes all it says to a
 * file there, and is ended, its children too, when closed.
 */
final class OwnProcess implements AutoCloseable {
  private static final Duration POLITE = Duration.ofSeconds(10);

  private final Process process;
  private final Path output;

  private OwnProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static OwnProcess start(Path directory, List<String> command) {
    try {
      Files.createDirectories(directory);
      Path output = directory.resolve("output.txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // No habits of whoever runs the test: no configuration at home, no proxy, no trust.
      builder.environment().put("HOME", directory.toString());
      builder.environment().keySet().removeIf(OwnProcess::leadsAway);
      return new OwnProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean leadsAway(String variable) {
    return variable.toLowerCase(Locale.ROOT).endsWith("_proxy")
        || variable.startsWith("XDG_")
        || variable.startsWith("SSL_CERT_")
        || variable.equals("CURL_CA_BUNDLE");
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it has written so far. */
  String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end (SIGTERM) and waits for that. */
  boolean endsWhenAsked(Duration deadline) {
    process.destroy();
    return waitFor(deadline);
  }

  /** Presses Ctrl-C (SIGINT) and waits for what follows. */
  boolean endsWhenInterrupted(Duration deadline) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return waitFor(deadline);
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    if (!endsWhenAsked(POLITE)) {
      process.destroyForcibly();
      waitFor(POLITE);
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private boolean waitFor(Duration deadline) {
    try {
      return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return false;
    }
  }
}
