package dev.muster.server.udp;

import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs faults of ours on the packet path, but no more than one a minute: a stranger who has found
 * one must not fill the disk with it. Belongs to one thread.
 */
final class FaultLog {
  private static final long SECONDS_BETWEEN = 60;

  private final Logger log;
  private final LongSupplier seconds;
  private boolean any;
  private long last;
  private long untold;

  /**
   * @param seconds a clock that never runs backwards
   */
  FaultLog(Logger log, LongSupplier seconds) {
    this.log = log;
    this.seconds = seconds;
  }

  void report(Throwable fault) {
    long now = seconds.getAsLong();
    if (any && now - last < SECONDS_BETWEEN) {
      untold++;
      return;
    }
    log.error("a fault at the UDP door; since the one told before: {}", untold, fault);
    any = true;
    last = now;
    untold = 0;
  }
}
