package dev.muster.checks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a test's processes live, and what they wrote stays for whoever wants to know why. */
final class Home {
  /** An empty directory under {@code target/endtoend}. */
  static Path of(String test) {
    Path home = Path.of("target", "endtoend", test).toAbsolutePath();
    try {
      if (Files.exists(home)) {
        List<Path> old;
        try (Stream<Path> tree = Files.walk(home)) {
          old = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : old) {
          Files.delete(each);
        }
      }
      return Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Home() {}
}
