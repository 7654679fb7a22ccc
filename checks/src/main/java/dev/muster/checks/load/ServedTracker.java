package dev.muster.checks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tracker to put load on: the packaged program, started for this and ended after it. */
final class ServedTracker implements AutoCloseable {
  private static final Pattern ANNOUNCE = Pattern.compile("\\s*announce\\s+(\\S+)");

  private final Process process;
  private final URI announce;

  private ServedTracker(Process process, URI announce) {
    this.process = process;
    this.announce = announce;
  }

  /**
   * Starts it with one door.
   *
   * @param jar the program
   * @param door udp or http
   * @param options further ones of {@code muster serve}
   */
  static ServedTracker start(Path jar, String door, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-jar"));
    command.addAll(List.of(jar.toString(), "serve", "--admin", "off"));
    command.addAll(List.of("--udp", door.equals("udp") ? "127.0.0.1:0" : "off"));
    command.addAll(List.of("--http", door.equals("http") ? "127.0.0.1:0" : "off"));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher announce = ANNOUNCE.matcher(line);
      if (announce.matches() && announce.group(1).startsWith(door)) {
        return new ServedTracker(process, URI.create(announce.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IOException("the tracker ended without an announce URL");
  }

  long pid() {
    return process.pid();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(announce.getHost(), announce.getPort());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
