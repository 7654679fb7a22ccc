package dev.muster.checks.load;

import java.io.IOException;

/** Keeps requests on the way. Belongs to one thread. */
interface Load extends AutoCloseable {
  /** Nanoseconds after which a request counts as lost. */
  long PATIENCE_NANOS = 2_000_000_000L;

  /** Takes in what has come back and sends what is due; never waits. */
  void step() throws IOException;

  @Override
  void close() throws IOException;
}
