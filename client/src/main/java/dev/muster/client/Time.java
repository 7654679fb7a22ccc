package dev.muster.client;

import java.time.Instant;

/** What time it is, for the client's logic; a test turns it by hand. */
interface Time {
  /** Nanoseconds from some start, the machine's sleep included; never goes back. */
  long elapsed();

  /** By the wall clock. */
  Instant now();
}
