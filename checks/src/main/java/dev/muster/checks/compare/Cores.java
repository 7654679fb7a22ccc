package dev.muster.checks.compare;

import java.util.ArrayList;
import java.util.List;

/** Which processor cores a program may use. */
final class Cores {
  /**
   * The beginning of a command that keeps what follows to these cores.
   *
   * @param cores as taskset has them, such as {@code 0} or {@code 0,2-3}, or {@code any}
   */
  static List<String> pinned(String cores) {
    return cores.equals("any")
        ? new ArrayList<>()
        : new ArrayList<>(List.of("taskset", "-c", cores));
  }

  private Cores() {}
}
