package dev.muster.server.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs faults of the tracker's own, one a minute at most, however many requests run into them: a
 * stranger who has found one must not fill the disk with it. Thread-safe.
 */
public final class FaultLog {
  private static final long NANOS_BETWEEN = 60_000_000_000L;

  private final Logger log;
  private final LongSupplier nanos;
  private final AtomicLong next;
  private final AtomicLong unsaid = new AtomicLong();

  /**
   * @param nanos a clock that never runs backwards
   */
  public FaultLog(LongSupplier nanos) {
    this(LoggerFactory.getLogger(FaultLog.class), nanos);
  }

  FaultLog(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Something went wrong that should not have.
   *
   * @param doing what, as in "while ..."
   */
  public void fault(String doing, Throwable cause) {
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due >= 0 && next.compareAndSet(due, now + NANOS_BETWEEN)) {
      log.error("a fault while {} ({} more unsaid)", doing, unsaid.getAndSet(0), cause);
    } else {
      unsaid.incrementAndGet();
    }
  }
}
