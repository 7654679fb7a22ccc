package dev.muster.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code serve --name value ...} as picocli would, without picocli: its class files are of a
 * version that no AOT cache takes, and loading them would cost a start as much as all its doors.
 * What is not plain is left to picocli, which says what is wrong with it.
 */
final class PlainStart {
  /** What this reads; a test holds it to what {@link ServeCommand} declares. */
  static final Set<String> NAMES =
      Set.of("--http", "--https", "--udp", "--admin", "--config", "--set");

  /**
   * Sets the command's options and returns true, or returns false if the arguments are not plain.
   */
  static boolean take(ServeCommand serve, String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
      return false;
    }
    for (int i = 1; i < arguments.length; i += 2) {
      String value = arguments[i + 1];
      if (value.isEmpty() || "-\"'@".indexOf(value.charAt(0)) >= 0) {
        return false;
      }
      switch (arguments[i]) {
        case "--http" -> serve.http = and(serve.http, value);
        case "--https" -> serve.https = and(serve.https, value);
        case "--udp" -> serve.udp = and(serve.udp, value);
        case "--set" -> serve.set = and(serve.set, value);
        case "--admin" -> {
          if (serve.admin != null) {
            return false;
          }
          serve.admin = value;
        }
        case "--config" -> {
          if (serve.config != null) {
            return false;
          }
          serve.config = Path.of(value);
        }
        default -> {
          return false;
        }
      }
    }
    return true;
  }

  private static List<String> and(List<String> given, String value) {
    return Stream.concat(given.stream(), Stream.of(value)).toList();
  }

  private PlainStart() {}
}
