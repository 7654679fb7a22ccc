package dev.muster.checks.compare;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A tracker that can be started, or a program that does part of a tracker's work.
 *
 * @param name as the table and {@code --only} have it
 * @param kind what it is
 * @param doors what it is measured at
 * @param recipe how it is started
 */
record Contender(String name, Kind kind, Set<Door> doors, Recipe recipe) {
  /** Who is compared with whom. */
  enum Kind {
    /** What the others are compared with, first on the list. */
    MUSTER,
    /** Muster, set up otherwise. */
    VARIANT,
    /** Another tracker; the best of them sets the rate of the second part. */
    TRACKER,
    /** Less than a tracker: it shows what a part of the work costs. */
    FLOOR
  }

  /** How a contender is started. */
  @FunctionalInterface
  interface Recipe {
    /**
     * The program and its arguments.
     *
     * @return nothing if the program is not to be found
     * @throws IOException if its configuration cannot be written
     */
    Optional<List<String>> command(Setting setting) throws IOException;
  }
}
