package dev.muster.checks.endtoend;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What to do when a client is not there: skip and say so, but fail where it was promised. */
final class Installed {
  private static final boolean PROMISED =
      System.getenv("CI") != null || "1".equals(System.getenv("MUSTER_REQUIRE_CLIENTS"));
  private static final Map<Client, Optional<String>> MISSING = new ConcurrentHashMap<>();

  /** Returns if all are installed. */
  static void require(Client... clients) {
    for (Client client : clients) {
      MISSING
          .computeIfAbsent(client, Client::missing)
          .ifPresent(reason -> complain(client + " cannot run: " + reason));
    }
  }

  /** Returns if the program runs with these arguments; with none it is asked its version. */
  static void require(String program, String... arguments) {
    Program.missing(program, arguments).ifPresent(Installed::complain);
  }

  private static void complain(String reason) {
    if (PROMISED) {
      Assertions.fail(reason);
    }
    Assumptions.abort(reason);
  }

  private Installed() {}
}
