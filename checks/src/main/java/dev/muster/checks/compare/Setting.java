package dev.muster.checks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a contender is to serve, and where it may be found.
 *
 * @param door it is measured at
 * @param port it hears there, at 127.0.0.1
 * @param httpPort Muster hears besides, for HTTP
 * @param threads that answer
 * @param root of the repository
 * @param peersDirectory where other trackers were built, or null
 * @param scratch a directory of its own, for configuration and state
 */
record Setting(
    Door door,
    int port,
    int httpPort,
    int threads,
    Path root,
    @Nullable Path peersDirectory,
    Path scratch) {

  /**
   * Finds a program: in the directory of built trackers, or on the path.
   *
   * @param places where it may be in that directory, best first; the last one's file name is looked
   *     for on the path
   */
  Optional<Path> find(String... places) {
    Path name = Path.of(places[places.length - 1]).getFileName();
    Stream<Path> built =
        peersDirectory == null
            ? Stream.of()
            : Stream.of(places).map(place -> peersDirectory.toAbsolutePath().resolve(place));
    Stream<Path> installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .map(directory -> Path.of(directory).resolve(name));
    return Stream.concat(built, installed).filter(Files::isRegularFile).findFirst();
  }

  /** Writes a file of configuration. */
  String write(String name, String text) throws IOException {
    return Files.writeString(scratch.resolve(name), text).toString();
  }

  /**
   * The same command, allowed to lock memory for io_uring, as far as we may allow that. Its process
   * id stays the one of the process that is started.
   */
  static List<String> withLockedMemory(Path program, String... arguments) {
    String script = "ulimit -l unlimited 2>/dev/null || ulimit -l $(ulimit -H -l); exec \"$@\"";
    return Stream.concat(
            Stream.of("sh", "-c", script, "sh", program.toString()), Stream.of(arguments))
        .toList();
  }
}
